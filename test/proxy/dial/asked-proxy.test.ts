import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedProxy } from '../../../src/proxy/dial/asked-proxy.ts'

const proxy = { scheme: 'http', host: 'p', port: 3128 } as const

test('a head gets the absolute form and keeps every other byte', () => {
  const { headFor, via } = askedProxy(proxy, { host: '::1', port: 80 })
  assert.equal(headFor('POST /a HTTP/1.0\nX:  y \r\n\r\n'), 'POST http://[::1]/a HTTP/1.0\nX:  y \r\n\r\n')
  assert.equal(headFor('OPTIONS * HTTP/1.1\r\n\r\n'), 'OPTIONS http://[::1] HTTP/1.1\r\n\r\n')
  assert.deepEqual(via, proxy)
})

test('what the proxy asks of its clients stands behind the first line', () => {
  const asked = askedProxy({ ...proxy, credentials: { user: 'u', password: 'p' } }, { host: 'a.example', port: 81 })
  const head = asked.headFor('GET /?q HTTP/1.1\r\nHost: a.example:81\r\n\r\n')
  assert.equal(
    head,
    'GET http://a.example:81/?q HTTP/1.1\r\nProxy-Authorization: Basic dTpw\r\nHost: a.example:81\r\n\r\n',
  )
})
