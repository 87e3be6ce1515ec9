import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeGrpcWebText, splitGrpc } from '../../src/formats/grpc.ts'
import { framed } from './framed.ts'

const order = Buffer.from('an order')

test('messages are split by their prefixes, the last as far as it has come', () => {
  const body = Buffer.concat([framed(0, order), framed(1, Buffer.from('z')), framed(0, Buffer.from('ab'), 9)])
  assert.deepEqual(
    splitGrpc(body).map(({ offset, compressed, length, bytes: b }) => [offset, compressed, length, b.length]),
    [
      [0, false, order.length, order.length],
      [5 + order.length, true, 1, 1],
      [11 + order.length, false, 9, 2],
    ],
  )
  assert.deepEqual(splitGrpc(Buffer.of(0, 0, 0)), [])
})

test('every beginning of a body splits into beginnings of its messages', () => {
  const body = Buffer.concat([framed(0, order), framed(0, order)])
  for (let cut = 0; cut <= body.length; cut++) {
    const all = splitGrpc(body)
    const some = splitGrpc(body.subarray(0, cut))
    for (const [index, message] of some.entries()) {
      assert.deepEqual({ ...message, bytes: 0 }, { ...all[index], bytes: 0 })
      assert.deepEqual(message.bytes, all[index]!.bytes.subarray(0, message.bytes.length))
    }
  }
})

test('gRPC-web as text is read in runs of base64', () => {
  assert.equal(decodeGrpcWebText(Buffer.from('QQ==Qg==')).toString(), 'AB')
})
