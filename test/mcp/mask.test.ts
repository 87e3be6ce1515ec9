import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mask } from '../../src/mcp/mask.ts'

test('headers that are secret by name have no value, as pairs and as what differs', () => {
  const headers = [
    ['Cookie', 'a=1'],
    ['Authorization', 'Basic QWxhZGRpbjpvcGVu'],
    ['accept', 'text/html'],
  ]
  const values = (mask({ headers }) as { headers: [string, string][] }).headers.map(([, value]) => value)
  assert.deepEqual(values, ['REDACTED', 'REDACTED', 'text/html'])
  assert.deepEqual(mask({ what: 'header set-cookie', was: 'a', is: 'b' }), {
    what: 'header set-cookie',
    was: 'REDACTED',
    is: 'REDACTED',
  })
})

test('tokens go by their shape in every text, and what is no secret stays', () => {
  assert.ok(!JSON.stringify(mask({ a: [{ b: 'Bearer abcdefghijklmnop' }] })).includes('abcdefgh'))
  assert.deepEqual(mask('https://a/b?access_token=abc&y=2'), 'https://a/b?access_token=REDACTED&y=2')
  const value = { url: 'https://a/users?page=2', names: ['TLS_AES_128_GCM_SHA256', 'x25519'], n: 1, none: null }
  assert.deepEqual(mask(value), value)
})
