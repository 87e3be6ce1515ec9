import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { duplexPair } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import { echoWebSocket, http1Server, http2Server } from '../../src/peers/http-origins.ts'
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

const upgrade = { upgrade: 'WebSocket', 'sec-websocket-version': '13' }
const asking = (headers: object) => ({ method: 'GET', headers }) as unknown as IncomingMessage

/** What the server sends after its head, in hex, when it is sent bytes in hex, until it closes. */
async function answersTo(...sent: string[]) {
  const [client, server] = duplexPair()
  const [first, ...rest] = sent.map(hex => Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  echoWebSocket(asking({ ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }), server, first!)
  for (const more of rest) client.write(more)
  const answer = Buffer.concat(await client.toArray())
  const start = answer.indexOf('\r\n\r\n') + 4
  assert.match(answer.subarray(0, start).toString(), /^HTTP\/1\.1 101 .*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/s)
  return answer.toString('hex', start)
}

// Frames of a client, masked with zeros.
const a = '8181 00000000 61'
const ping = '8981 00000000 70'
const pong = '8a81 00000000 71'
const bye = '8882 00000000 03e8'

test('messages and pings are answered unmasked, those that came with the upgrade too', async () => {
  assert.equal(await answersTo(a, ping, pong, bye), '8101618a0170880203e8')
})

test('nothing is answered after a close', async () => {
  assert.equal(await answersTo(bye + a), '880203e8')
})

test('an unmasked frame is refused with 1002, and one too big with 1009', async () => {
  assert.equal(await answersTo('810161'), '880203ea')
  assert.equal(await answersTo('81ff 0000000000010001'), '880203f1')
})

test('an upgrade without a key is a bad request', async () => {
  const [client, server] = duplexPair()
  echoWebSocket(asking(upgrade), server, Buffer.alloc(0))
  assert.match(await text(client), /^HTTP\/1\.1 400 /)
})
