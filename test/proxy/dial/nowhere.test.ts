import assert from 'node:assert/strict'
import http2 from 'node:http2'
import { test } from 'node:test'
import { openNowhere } from '../../../src/proxy/dial/nowhere.ts'

test('whatever is asked there is answered 502, in both protocols', async () => {
  const one = await openNowhere()
  const answer = new Promise<string>(resolve => one.once('data', data => resolve(String(data))))
  one.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  assert.match(await answer, /^HTTP\/1\.1 502 /)
  one.destroy()
  const two = await openNowhere('h2')
  const session = http2.connect('http://a', { createConnection: () => two })
  const status = new Promise(resolve =>
    session.request({ ':path': '/' }).once('response', head => resolve(head[':status'])),
  )
  assert.equal(await status, 502)
  session.destroy()
})
