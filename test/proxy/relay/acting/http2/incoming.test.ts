import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, claimResponse, get, ok, post, speaker, talking, u32Bytes } from './peers.ts'

const acts: readonly never[] = []

const raw = {
  'no preface': ascii('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
  'a frame of 16 MB': Buffer.concat([
    ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    ascii('\xff\xff\xff\x01\x04\0\0\0\x01'),
  ]),
  'a CONTINUATION of nothing': Buffer.concat([
    ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frameBytes(9, 4, 1, ascii('x')),
  ]),
  'a frame inside a header block': Buffer.concat([
    ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frameBytes(1, 0, 1, ascii('\x82')),
    frameBytes(6, 0, 0, ascii('12345678')),
  ]),
  'more padding than frame': Buffer.concat([
    ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    frameBytes(1, 0xc, 1, ascii('\x09x')),
  ]),
  'HEADERS on stream 0': Buffer.concat([ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frameBytes(1, 4, 0, ascii('\x82'))]),
}
for (const [name, bytes] of Object.entries(raw))
  test(`${name} passes as it is, and all behind it, wherever the network cuts`, () => {
    const all = Buffer.concat([bytes, ascii('and more of it')])
    for (let cut = 0; cut <= all.length; cut++) {
      const at = talking({ request: () => assert.fail('nobody is asked') })
      at.fromClient(all.subarray(0, cut))
      at.fromClient(all.subarray(cut))
      assert.deepEqual(at.bytes('to-server'), all)
    }
  })

test('what has begun when its sender ends goes on, and the end behind it', () => {
  const at = talking()
  at.fromClient(at.client.preface, at.client.headers(1, get('/')).subarray(0, 12))
  at.core.end('to-server')
  assert.equal(at.bytes('to-server').length, 24 + 12)
  assert.deepEqual(at.flow, ['end to-server'])
})

test('a client that ends has left: what was held for it is void', () => {
  let gone = 0
  const at = talking({
    request: () =>
      claimRequest(
        () => new Promise(() => {}),
        0,
        () => gone++,
      ),
  })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.core.end('to-server')
  assert.deepEqual([gone, at.atServer(), at.flow], [1, [], ['end to-server']])
})

/** A conversation with a bit of everything that HTTP/2 has. */
function conversation() {
  const [client, server] = [speaker(), speaker()]
  const first = client.headers(1, get('/'), true)
  const block = client.block(post('/long', ['x-long', 'y'.repeat(30)]))
  const toServer = [
    client.preface,
    client.settings([4, 100_000], [1, 8192]),
    client.window(0, 1000),
    frameBytes(2, 0, 5, Buffer.concat([u32Bytes(0), ascii('\x07')])),
    first,
    frameBytes(
      1,
      0x28,
      3,
      Buffer.concat([ascii('\x02'), u32Bytes(1), ascii('\x10'), block.subarray(0, 5), ascii('\0\0')]),
    ),
    frameBytes(9, 0, 3, block.subarray(5, 9)),
    frameBytes(9, 4, 3, block.subarray(9)),
    client.data(3, 'hello'),
    frameBytes(0, 8, 3, ascii('\x03world\0\0\0')),
    client.headers(3, [['x-trailer', 'z']], true),
    frameBytes(0xfa, 7, 9, ascii('grease')),
    client.ping(),
    client.headers(5, get('/')),
    client.reset(5),
    frameBytes(16, 0, 0, Buffer.concat([u32Bytes(1), ascii('u=1')])),
  ]
  const toClient = [
    server.settings([4, 70_000]),
    frameBytes(4, 1, 0),
    server.headers(1, [
      [':status', '103'],
      ['link', '<a>'],
    ]),
    frameBytes(5, 4, 1, Buffer.concat([u32Bytes(2), server.block(get('/pushed'))])),
    server.headers(1, [...ok, ['x-a', 'b']]),
    server.data(1, 'body', true),
    server.headers(2, ok, true),
    server.window(3, 500),
    server.headers(3, ok),
    server.data(3, '', true),
    server.goaway(5),
  ]
  return { toServer: Buffer.concat(toServer), toClient: Buffer.concat(toClient) }
}

for (const direction of ['to-server', 'to-client'] as const)
  test(`what nobody claims goes on as the very bytes, in the call in which it can be read, wherever the network cuts: ${direction}`, () => {
    const { toServer, toClient } = conversation()
    const bytes = direction === 'to-server' ? toServer : toClient
    for (let cut = 0; cut <= bytes.length; cut++) {
      const at = talking()
      if (direction === 'to-client') at.fromClient(toServer)
      const push = direction === 'to-server' ? at.fromClient : at.fromServer
      push(bytes.subarray(0, cut))
      push(bytes.subarray(cut))
      assert.deepEqual(at.bytes(direction), bytes, `cut at byte ${cut}`)
      assert.deepEqual(at.told, [])
    }
    const at = talking()
    if (direction === 'to-client') at.fromClient(toServer)
    for (const byte of bytes) (direction === 'to-server' ? at.fromClient : at.fromServer)(Uint8Array.of(byte))
    assert.deepEqual(at.bytes(direction), bytes, 'one byte at a time')
  })

test('a verdict that changes nothing, given at once, leaves the bytes as they were', () => {
  const { toServer, toClient } = conversation()
  const asked: string[] = []
  const at = talking({
    request: (id, head) => {
      asked.push(`${id} ${head.method} ${head.path}`)
      return claimRequest({ type: 'pass', acts })
    },
    response: (id, request, head) => {
      asked.push(`${id} ${request.path} ${head.status}`)
      return claimResponse({ type: 'pass', acts })
    },
  })
  at.fromClient(toServer)
  at.fromServer(toClient)
  assert.deepEqual([at.bytes('to-server'), at.bytes('to-client')], [toServer, toClient])
  assert.deepEqual(asked, ['1 GET /', '3 POST /long', '5 GET /', '1 / 200', '2 /pushed 200', '3 /long 200'])
})

test('DATA goes on while it comes', () => {
  const at = talking()
  at.fromClient(at.client.preface, at.client.headers(1, post('/')))
  const before = at.bytes('to-server').length
  at.fromClient(at.client.data(1, 'hello').subarray(0, 11))
  assert.equal(at.bytes('to-server').length - before, 11)
})

test('DATA with more padding than frame is not left out of a held body: the server gets all as it is', () => {
  const at = talking({ request: () => claimRequest(() => new Promise(() => {}), 100) })
  const bad = frameBytes(0, 8 | 1, 1, ascii('\x09x'))
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), at.client.data(1, 'one'), bad, ascii('and more'))
  assert.deepEqual(at.atServer().slice(1), ['DATA 1 one', 'DATA 1 \tx END'])
  assert.ok(at.bytes('to-server').indexOf(Buffer.concat([bad, ascii('and more')])) > 0)
})
