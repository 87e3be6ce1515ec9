import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alpnList } from '../../../src/proxy/leg/alpn.ts'

const hexOf = (...protocols: string[]) => Buffer.from(alpnList(protocols)).toString('hex')

test('names are told byte by byte, each with its length, and empty ones not at all', () => {
  assert.equal(hexOf('h2', 'http/1.1'), '02683208687474702f312e31')
  assert.equal(hexOf('\xea\xea', 'h2'), '02eaea026832')
  assert.equal(hexOf('', 'h2', ''), '026832')
  assert.equal(hexOf(''), '')
})
