import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { identityFor, rawOrigin, secureTunnel, startProxy } from './running.ts'
import { readAll } from './socket-pair.ts'

const host = 'origin.localhost'

/** Traffic that any proxy which parses and writes again would change. */
const oddRequest = [
  'pOSt /a//b/../c?x=%7e HTTP/1.1\r\n',
  'hOST: origin.localhost\r\n',
  'X-Dup: 1\r\nx-dup:2\r\nX-DUP:\t3 \r\n',
  'X-Folded: one\r\n two\r\n\tthree\r\n',
  'X-Empty:\r\n',
  'X-Latin: \xe9\xff\r\n',
  'Connection: keep-alive, X-Hop\r\nX-Hop: stays\r\nProxy-Connection: keep-alive\r\n',
  'Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n',
  '1;ext=1\r\na\r\n0000A\r\n0123456789\r\n3\r\n\r\n!\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n',
].join('')
const oddResponse = [
  'HTTP/1.1 200 \r\n',
  'sET-cOOKIE: a=1\r\nSet-Cookie: b=2\r\n',
  'X-Folded: one\r\n two\r\n',
  'transfer-encoding:  chunked\r\n\r\n',
  '2\r\nhi\r\n0\r\nX-After: 1\r\n\r\n',
].join('')
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

test('odd HTTP/1 traffic arrives at both ends as the very bytes', async t => {
  const answered = latin1(oddResponse)
  const origin = await rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] },
    answer: (received, socket) => {
      if (received.length === oddRequest.length) socket.end(answered)
    },
  })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['http/1.1'] })
  assert.equal(client.alpnProtocol, 'http/1.1')
  const response = readAll(client)
  for (let at = 0; at < oddRequest.length; at += 7) client.write(latin1(oddRequest.slice(at, at + 7)))
  assert.deepEqual(await response, answered)
  assert.deepEqual(origin.received(), latin1(oddRequest))
  client.end()
  await tape.closed()
  assert.equal(tape.contentText('client', 'to-server'), oddRequest)
  assert.equal(tape.contentText('client', 'to-client'), oddResponse)
})

const frame = (type: number, flags: number, stream: number, payload: Buffer): Buffer => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

test('HTTP/2 with padding, CONTINUATION, unknown frames and empty DATA arrives as the very bytes', async t => {
  const block = Buffer.from([0x82, 0x87, 0x84, 0x41, 0x01, 0x61]) // GET https / a
  const request = Buffer.concat([
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frame(4, 0, 0, Buffer.from([0, 2, 0, 0, 0, 0])),
    frame(0xfa, 0x55, 0, Buffer.from('greasy')),
    frame(1, 8, 1, Buffer.concat([Buffer.from([3]), block.subarray(0, 2), Buffer.alloc(3)])),
    frame(9, 0, 1, block.subarray(2, 3)),
    frame(9, 4, 1, block.subarray(3)),
    frame(0, 0, 1, Buffer.alloc(0)),
    frame(0, 9, 1, Buffer.concat([Buffer.from([9]), Buffer.from('body'), Buffer.alloc(9)])),
  ])
  const response = Buffer.concat([
    frame(4, 0, 0, Buffer.alloc(0)),
    frame(1, 4, 1, Buffer.from([0x88])),
    frame(0, 9, 1, Buffer.concat([Buffer.from([255]), Buffer.from('hi'), Buffer.alloc(255)])),
  ])
  const origin = await rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['h2'] },
    answer: (received, socket) => {
      if (received.length === request.length) socket.end(response)
    },
  })
  const { proxy, tape, ca } = await startProxy(t)
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['h2', 'http/1.1'] })
  assert.equal(client.alpnProtocol, 'h2')
  const answer = readAll(client)
  client.write(request)
  assert.deepEqual(await answer, response)
  assert.deepEqual(origin.received(), request)
  client.end()
  await tape.closed()
  assert.deepEqual(tape.codes(), [])
})

test('an upload that goes on after the server has ended arrives to its end', async t => {
  const sizes = Array.from({ length: 6 }, (_, i) => 3_000_000 + i * 61_001)
  const got: number[] = []
  const server = tls.createServer({ ...(await identityFor(host)), allowHalfOpen: true } as object, async socket => {
    socket.end('bye')
    await wait(300)
    got.push((await readAll(socket)).length)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  const { proxy, tape, ca } = await startProxy(t)
  for (const size of sizes) {
    const client = await secureTunnel(t, proxy, { host, port, ca })
    client.resume().end(Buffer.alloc(size))
  }
  while (got.length < sizes.length) await wait(5)
  assert.deepEqual(got.sort(), sizes)
  assert.deepEqual(tape.codes(), [])
})
