import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protoTokens } from '../../../src/formats/protobuf/proto-tokens.ts'

test('words and signs without comments, with their lines', () => {
  const tokens = protoTokens('// a\nmessage M { /* {\n */ .x.Y z = -1; "q;\\"" }')
  assert.deepEqual(
    tokens.map(({ text, line }) => `${line} ${text}`),
    ['2 message', '2 M', '2 {', '3 .x.Y', '3 z', '3 =', '3 -1', '3 ;', '3 q;\\"', '3 }'],
  )
  assert.equal(tokens[8]?.quoted, true)
})
