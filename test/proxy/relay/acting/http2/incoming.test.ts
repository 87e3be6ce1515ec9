import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameBytes } from '../../../../wire/http2/frame-bytes.ts'
import { ascii, claimRequest, get, talking } from './peers.ts'

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
