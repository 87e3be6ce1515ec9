import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTokens } from '../../src/formats/jwt.ts'

const coded = (json: string) => Buffer.from(json).toString('base64url')
const token = `${coded('{"alg":"HS256","typ":"JWT"}')}.${coded('{"sub":"a"}')}.${coded('signature')}`

test('the claims of an encrypted token stay hidden', () => {
  const [jwe] = findTokens(`${coded('{"alg":"dir","enc":"A128GCM"}')}..aXY.Y2lwaGVy.dGFn`)
  assert.equal(jwe!.claims, undefined)
})

test('tokens are found between other words, each once', () => {
  assert.equal(findTokens(`a=${token}; b="${token}", eyJx.y.z`).length, 1)
  assert.deepEqual(findTokens('eyJub3QganNvbg.eyJ9.x'), [])
})

test('many beginnings of tokens take no time', () => {
  for (const piece of ['eyJ-', 'eyJ.', 'eyJhbGciOiJub25lIn0.'])
    assert.ok(findTokens(piece.repeat(100_000)).length <= 20)
})
