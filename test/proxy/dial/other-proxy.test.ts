import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { basic, readOtherProxy, viaOf } from '../../../src/proxy/dial/other-proxy.ts'

test('a URL of a proxy is read with its port, or that of curl', () => {
  const read = (text: string): unknown => readOtherProxy(text)
  assert.deepEqual(read('http://Proxy.example:3128'), { scheme: 'http', host: 'proxy.example', port: 3128 })
  assert.deepEqual(read('proxy.example:3128/'), { scheme: 'http', host: 'proxy.example', port: 3128 })
  assert.deepEqual(read('https://p'), { scheme: 'https', host: 'p', port: 443 })
  assert.deepEqual(read('socks5h://[::1]'), { scheme: 'socks5h', host: '::1', port: 1080 })
  const credentials = { user: 'a@b', password: 'c:d' }
  assert.deepEqual(read('socks4://a%40b:c:d@p:1'), { scheme: 'socks4', host: 'p', port: 1, credentials })
})

test('what names no proxy that Parley can use is none', () => {
  for (const text of [
    '',
    'ftp://p',
    'http://',
    'http://p:0',
    'http://p:65536',
    'http://p/path',
    'http://%zz@p',
    'a b',
    'http://p?x',
  ])
    assert.equal(readOtherProxy(text), undefined, text)
})

test('user and password come back as they were written, and are not what is shown', () => {
  const word = fc.string({ minLength: 1, unit: 'grapheme' })
  fc.assert(
    fc.property(word, word, (user, password) => {
      const proxy = readOtherProxy(`http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@p:1`)
      assert.deepEqual(proxy?.credentials, { user, password })
      assert.deepEqual(viaOf(proxy!), { scheme: 'http', host: 'p', port: 1 })
    }),
  )
})

test('Basic is RFC 7617’s', () => {
  assert.equal(basic({ user: 'Aladdin', password: 'open sesame' }), 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
})
