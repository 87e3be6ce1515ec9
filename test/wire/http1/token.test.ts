import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isToken, isTokenByte } from '../../../src/wire/http1/token.ts'

test('separators and controls stand in no token', () => {
  for (const c of ' ()<>@,;:\\"/[]?={}\x16\x7f\xe9') assert.equal(isTokenByte(c.charCodeAt(0)), false, c)
})

test('a token has at least one character, and a part of a text can be one', () => {
  assert.ok(isToken('X-a_1~') && isToken(' ab ', 1, 3))
  assert.ok(!isToken('') && !isToken('a b') && !isToken('ab', 1, 1))
})
