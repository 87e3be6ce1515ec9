import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeCodeName, opcodeName } from '../../../src/wire/websocket/names.ts'

test('known numbers have names, others stay numbers', () => {
  assert.equal(opcodeName(9), 'ping')
  assert.equal(opcodeName(5), 'opcode 5')
  assert.equal(closeCodeName(1001), 'going away')
  assert.equal(closeCodeName(4001), 'private use 4001')
  assert.equal(closeCodeName(1004), 'code 1004')
})
