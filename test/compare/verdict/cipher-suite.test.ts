import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCipherSuite } from '../../../src/compare/verdict/cipher-suite.ts'
import { ask } from './ask.ts'

const standingOf = (cipherSuites: number[], agreed = {}) => checkCipherSuite(ask({ cipherSuites }, agreed))?.standing

test('suites of TLS 1.3 are of no use in TLS 1.2, and the other way round', () => {
  const tls12 = { version: 0x0303, cipherSuite: 0xc030 }
  assert.equal(standingOf([0x1301, 0x1302], tls12), 'fails')
  assert.equal(standingOf([0x1301, 0xc02f], tls12), 'may-fail')
  assert.equal(standingOf([0xc02f]), 'fails')
})

test('GREASE and signalling values are no suites', () => {
  assert.equal(standingOf([0x0a0a, 0x00ff, 0x5600], { version: 0x0303, cipherSuite: 0xc02f }), 'fails')
})
