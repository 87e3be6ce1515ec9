import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRequestTarget, schemeOf } from '../../../../src/proxy/entrance/cleartext/request-target.ts'

const good: Readonly<Record<string, readonly [host: string, port: number, path: string]>> = {
  'http://a.example/': ['a.example', 80, '/'],
  'http://a.example': ['a.example', 80, '/'],
  'http://a.example:/b': ['a.example', 80, '/b'],
  'HTTP://A.Example:8080/B?c': ['a.example', 8080, '/B?c'],
  'http://a.example:81?x=1': ['a.example', 81, '/?x=1'],
  'http://a.example?to=http://b.example:82/': ['a.example', 80, '/?to=http://b.example:82/'],
  'http://a.example/b@c:1': ['a.example', 80, '/b@c:1'],
  'http://[::1]:8080/': ['::1', 8080, '/'],
  'http://[2001:DB8::1]': ['2001:db8::1', 80, '/'],
  'http://user:secret@a.example:81/b': ['a.example', 81, '/b'],
  'http://user:p@ss@[::1]:81': ['::1', 81, '/'],
  'ws://a.example:81/chat': ['a.example', 81, '/chat'],
}
for (const [url, [host, port, path]] of Object.entries(good)) {
  test(`${url} is a server and a path, whatever Host says`, () => {
    assert.deepEqual(readRequestTarget(url, 'other.example:1'), { target: { host, port }, path })
  })
}

test('a path goes to the server of the Host field', () => {
  for (const [field, host, port] of [
    ['a.example', 'a.example', 80],
    ['a.example:81', 'a.example', 81],
    ['[::1]:81', '::1', 81],
  ] as const)
    assert.deepEqual(readRequestTarget('/b?c=http://d/', field), { target: { host, port }, path: '/b?c=http://d/' })
  assert.deepEqual(readRequestTarget('*', 'a.example'), { target: { host: 'a.example', port: 80 }, path: '*' })
})

test('what names no server is told from what does', () => {
  for (const url of ['http:///', 'http://:80/', 'http://::1/', 'http://a:0/', 'http://a:65536/', 'http://[x]/'])
    assert.equal(readRequestTarget(url, 'other.example'), undefined, url)
  for (const field of [undefined, '', 'a b', '::1']) assert.equal(readRequestTarget('/', field), undefined)
})

test('a URL that is not to be asked for in clear is none of ours', () => {
  for (const url of ['https://a/', 'WSS://a/', 'ftp://a/b', 'chrome-extension://a']) {
    assert.equal(readRequestTarget(url, 'a.example'), undefined)
    assert.equal(schemeOf(url), url.slice(0, url.indexOf(':')).toLowerCase())
  }
  for (const path of ['/https://a/', '*', 'a:1']) assert.equal(schemeOf(path), undefined)
})

test('no target makes it throw, and what it means has a host, a port and a path', () => {
  const part = fc.constantFrom(
    'http://',
    'ws://',
    'https://',
    'a.example',
    ':',
    '80',
    '@',
    '/',
    '?',
    '#',
    '[::1]',
    '*',
    '%',
    ' ',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 8 }).map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(text, text, (url, hostField) => {
      const read = readRequestTarget(url, hostField)
      if (!read) return
      assert.ok(read.target.host !== '' && read.target.port > 0 && read.target.port < 65_536)
      assert.ok(!/^(?:http|ws):\/\//i.test(url) || read.path.startsWith('/'))
    }),
    { numRuns: 1000 },
  )
})
