import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSecretName, mask, maskText } from '../../src/mcp/mask.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'

test('headers are pairs, and those that are secret by name have no value', () => {
  const headers = [
    ['Cookie', 'a=1'],
    ['set-cookie', 'sid=1; Path=/'],
    ['Authorization', 'Basic QWxhZGRpbjpvcGVu'],
    ['X-Api-Key', '12'],
    ['x-csrf-token', '12'],
    ['accept', 'text/html'],
  ]
  const values = (mask({ headers }) as { headers: [string, string][] }).headers.map(([, value]) => value)
  assert.deepEqual(values, [...Array(5).fill('REDACTED'), 'text/html'])
})

test('tokens go by their shape wherever they stand', () => {
  for (const [text, left] of [
    [`it is ${jwt}, or so`, 'it is REDACTED, or so'],
    ['Bearer abcdef123456', 'Bearer REDACTED'],
    [`key ${['sk', 'proj', '0123456789abcdefghij'].join('-')}`, 'key REDACTED'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ123456', 'REDACTED'],
    ['AKIAIOSFODNN7EXAMPLE', 'REDACTED'],
    ['https://a/b?x=1&access_token=abc&y=2', 'https://a/b?x=1&access_token=REDACTED&y=2'],
    ['user=ada&password=p%20w', 'user=ada&password=REDACTED'],
    ['{"user":"ada","password":"p\\"w","pin":1}', '{"user":"ada","password":"REDACTED","pin":1}'],
    ['GET / HTTP/1.1\r\nCookie: a=b; c=d\r\nHost: a\r\n', 'GET / HTTP/1.1\r\nCookie: REDACTED\r\nHost: a\r\n'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', 'REDACTED'],
  ] as const)
    assert.equal(maskText(text), left)
})

test('what is no secret stays', () => {
  const value = { url: 'https://a/users?page=2', names: ['TLS_AES_128_GCM_SHA256', 'x25519'], n: 1, none: null }
  assert.deepEqual(mask(value), value)
  assert.equal(isSecretName('content-type'), false)
})

test('fields of frames and arguments of programs go too', () => {
  const field = { name: 'cookie', shown: 'a=b', children: [{ name: 'value', shown: 'a=b' }] }
  assert.deepEqual(mask([field, { command: 'curl -u a:b' }]), [
    { ...field, shown: 'REDACTED', children: [] },
    { command: 'REDACTED' },
  ])
})

test('a text that is made to be slow is not', () => {
  const since = performance.now()
  for (const part of ['a', '"', 'token', '"token":"', 'eyJ', '&', ' ', '-----BEGIN PRIVATE KEY-----', 'x-', '\\', '.'])
    maskText(part.repeat(1_000_000 / part.length))
  assert.ok(performance.now() - since < 5000)
})
