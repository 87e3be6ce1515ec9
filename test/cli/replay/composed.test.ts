import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCurl } from '../../../src/cli/curl/read-curl.ts'
import { fromCurl, readUrl } from '../../../src/cli/replay/composed.ts'

test('over TLS HTTP/2 is offered, in clear HTTP/1.1 with a Host is spoken; as told otherwise', () => {
  const made = (text: string) => fromCurl(readCurl(text))
  const secure = made('curl https://a.example:8443/p?q#f')
  assert.deepEqual(secure.server, { scheme: 'https', host: 'a.example', port: 8443 })
  assert.equal(secure.head.version, 'HTTP/2')
  assert.deepEqual(secure.head.headers, [
    [':method', 'GET'],
    [':authority', 'a.example:8443'],
    [':scheme', 'https'],
    [':path', '/p?q'],
    ['user-agent', 'parley'],
    ['accept', '*/*'],
  ])
  const clear = made('curl a.example')
  assert.deepEqual(clear.server, { scheme: 'http', host: 'a.example', port: 80 })
  assert.deepEqual([clear.head.version, clear.head.headers[0]], ['HTTP/1.1', ['Host', 'a.example']])
  assert.equal(made('curl --http1.1 https://a').head.version, 'HTTP/1.1')
  assert.deepEqual(made("curl a -H 'host: b'").head.headers.at(-1), ['host', 'b'])
})

test('a URL is split, in IPv6 and beyond ASCII too; what is none is refused', () => {
  assert.deepEqual(readUrl('https://[::1]:1/'), {
    server: { scheme: 'https', host: '::1', port: 1 },
    authority: '[::1]:1',
    path: '/',
  })
  assert.equal(readUrl('http://a/caf\xc3\xa9').path, '/caf%C3%A9')
  assert.equal(readUrl('http://[::1]').authority, '[::1]')
  for (const text of ['ftp://a', 'http://', 'http:// ', 'http://me:pw@a', '/x'])
    assert.throws(() => readUrl(text), Error, text)
})
