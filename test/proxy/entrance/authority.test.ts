import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAuthority } from '../../../src/proxy/entrance/authority.ts'

const good: Readonly<Record<string, readonly [string, number]>> = {
  'a.example:443': ['a.example', 443],
  'A.Example:1': ['a.example', 1],
  '127.0.0.1:65535': ['127.0.0.1', 65_535],
  '[::1]:8443': ['::1', 8443],
  '[2001:DB8::1]:443': ['2001:db8::1', 443],
  '[::ffff:1.2.3.4]:443': ['::ffff:1.2.3.4', 443],
  'under_score.example:443': ['under_score.example', 443],
}
for (const [text, [host, port]] of Object.entries(good)) {
  test(`${text} is a host and a port`, () => {
    assert.deepEqual(parseAuthority(text), { host, port })
  })
}

const bad = [
  '',
  'a.example',
  ':443',
  'a.example:',
  'a.example:0',
  'a.example:65536',
  'a.example:443x',
  'a.example:-1',
  '::1:443',
  '[::1]',
  '[a.example]:443',
  'user@a.example:443',
  'a.example:443/',
  'http://a.example:443',
  'a b:443',
  'a.example:000443',
  'a.example:443\n',
]
for (const text of bad) {
  test(`${JSON.stringify(text)} is no authority`, () => {
    assert.equal(parseAuthority(text), undefined)
  })
}

test('a URL may leave its port out, and the default stands for it', () => {
  for (const [text, port] of [
    ['a.example', 80],
    ['a.example:', 80],
    ['a.example:81', 81],
  ] as const)
    assert.deepEqual(parseAuthority(text, 80), { host: 'a.example', port })
  assert.deepEqual(parseAuthority('[::1]', 80), { host: '::1', port: 80 })
  for (const text of ['', ':', ':80', 'a.example:0', '::1']) assert.equal(parseAuthority(text, 80), undefined, text)
})

test('no text makes it throw, and every answer has a port that exists', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(99_999), (host, port) => {
      const target = parseAuthority(`${host}:${port}`)
      assert.ok(target === undefined || (target.port === port && port > 0 && port < 65_536 && target.host.length > 0))
    }),
  )
})
