import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import { http1Server, http2Server } from '../../src/peers/http-origins.ts'
import { listen } from '../../src/peers/origin.ts'
import { makeSite } from '../../src/peers/site.ts'

const { issue, caPem: ca } = await makeTestAuthority()
const identity = issue({ host: 'localhost' })
const site = await makeSite()

test('the HTTP/2 server takes what the client prefers, the HTTP/1.1 server takes http/1.1', async t => {
  const two = await listen(http2Server(site, identity))
  t.after(two.close)
  const one = await listen(http1Server(site, identity))
  t.after(one.close)
  const chosen = async (port: number, alpn: string[]) =>
    (await fetchThrough({ url: new URL(`https://localhost:${port}`), ca, alpn })).tls?.alpn
  assert.equal(await chosen(two.port, ['h2', 'http/1.1']), 'h2')
  assert.equal(await chosen(two.port, ['http/1.1']), 'http/1.1')
  assert.equal(await chosen(one.port, ['h2', 'http/1.1']), 'http/1.1')
})

test('trailers come through HTTP/2 as well', async t => {
  const two = await listen(http2Server(site, identity))
  t.after(two.close)
  const { trailers } = await fetchThrough({ url: new URL(`https://localhost:${two.port}/trailers`), ca, alpn: ['h2'] })
  assert.deepEqual(trailers, [['x-checksum', 'b0d1']])
})
