import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkGroup } from '../../../src/compare/verdict/group.ts'
import { makeHello } from '../make.ts'
import { ask } from './ask.ts'

test('a client without a group list takes any curve in TLS 1.2', () => {
  const { supportedGroups: _, ...hello } = makeHello()
  assert.equal(checkGroup({ ...ask({}, { version: 0x0303 }), hello }), undefined)
})

test('a client of GREASE groups alone offers none', () => {
  assert.equal(checkGroup(ask({ supportedGroups: [0x0a0a] }))?.standing, 'fails')
})

test('TLS 1.2 needs no key share', () => {
  const sentence = checkGroup(ask({ keyShares: [] }, { version: 0x0303 }))?.sentence ?? ''
  assert.doesNotMatch(sentence, /HelloRetryRequest/)
})
