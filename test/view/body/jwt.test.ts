import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { findTokens } from '../../../src/formats/jwt.ts'
import { renderJwt, tokenLines } from '../../../src/view/body/jwt.ts'
import { render, texts } from './render.ts'

const coded = (json: string) => Buffer.from(json).toString('base64url')
const signed = (header: string, claims: string) => {
  const content = `${coded(header)}.${coded(claims)}`
  return `${content}.${createHmac('sha256', 'secret').update(content).digest('base64url')}`
}
const token = signed('{"alg":"HS256","typ":"JWT"}', '{"sub":"a\u202eb","iat":1700000000,"exp":1700003600.5}')

test('header and claims are decoded, times are dates, the signature is not believed', () => {
  assert.deepEqual(texts(tokenLines(findTokens(`Bearer ${token}`), 100, 1_800_000_000_000)), [
    'JWT',
    '  header {',
    '    "alg": "HS256",',
    '    "typ": "JWT"',
    '  }',
    '  claims {',
    '    "sub": "a\\u{202e}b",',
    '    "iat": 1700000000,',
    '    "exp": 1700003600.5',
    '  }',
    '  iat: issued at 2023-11-14T22:13:20Z',
    '  exp: expires at 2023-11-14T23:13:20.500Z, which has passed',
    '  signature: 32 bytes, HS256, not verified',
  ])
})

test('a token without a signature says so', () => {
  const [none] = findTokens(`${coded('{"alg":"none"}')}.${coded('{"a":1}')}.`)
  assert.equal(texts(tokenLines([none!], 100))!.at(-1), '  no signature (alg none)')
})

test('times that are no times are left alone', () => {
  for (const exp of ['1e300', '"x"', 'null', '{}'])
    assert.ok(texts(tokenLines(findTokens(signed('{"alg":"HS256"}', `{"exp":${exp}}`)), 100))!.length > 4)
})

test('a body without a token is left to another renderer', () => {
  assert.equal(render(renderJwt, 'hello'), undefined)
  assert.equal(render(renderJwt, token)![0], 'JWT')
})
