import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readProtoFile } from '../../../src/formats/protobuf/proto-file.ts'
import {
  decodeGrpcWebText,
  type GrpcOptions,
  grpcLines,
  grpcStatus,
  isGrpc,
  splitGrpc,
} from '../../../src/view/body/grpc.ts'
import { bytes, number } from '../../formats/protobuf/proto-bytes.ts'
import { shopProto } from '../../formats/protobuf/shop.ts'

const framed = (flags: number, content: Uint8Array, length = content.length): Buffer => {
  const prefix = Buffer.alloc(5)
  prefix[0] = flags
  prefix.writeUInt32BE(length, 1)
  return Buffer.concat([prefix, content])
}
const order = Uint8Array.from([...number(1, 7), ...bytes(4, 'visa')])
const options: GrpcOptions = {
  mediaType: 'application/grpc',
  side: 'response',
  path: '/shop.v1.Orders/Find',
  maxLines: 100,
}
const draw = (body: Uint8Array, over: Partial<GrpcOptions> = {}) =>
  grpcLines(body, { ...options, ...over }).map(({ text, depth }) => '  '.repeat(depth) + text)

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

test('a tree without a file, and with names where it is given', () => {
  assert.deepEqual(draw(framed(0, order)), ['#1 8 B', '  1: 7  or sint -4', '  4: "visa"'])
  const { schema } = readProtoFile(shopProto)
  assert.deepEqual(draw(framed(0, order), { schema }), ['#1 8 B, shop.v1.Order', '  id 1: 7', '  card 4: "visa"'])
})

test('a compressed message is inflated, or says why not', () => {
  const body = framed(1, gzipSync(order))
  assert.match(draw(body, { encoding: 'gzip' })[0]!, /^#1 28 B, gzip to 8 B$/)
  assert.match(draw(body)[0]!, /no grpc-encoding says how/)
  assert.match(draw(body, { encoding: 'snappy' })[0]!, /unknown content coding snappy/)
  assert.match(draw(framed(1, gzipSync(Buffer.alloc(6_000_000))), { encoding: 'gzip' })[0]!, /grows past/)
})

test('gRPC-web carries its trailers in the body, and as text in runs of base64', () => {
  const trailers = framed(0x80, Buffer.from('grpc-status: 5\r\ngrpc-message:no%20tea\r\n'))
  const text = `${framed(0, order).toString('base64')}${trailers.toString('base64')}`
  const drawn = draw(Buffer.from(text), { mediaType: 'application/grpc-web-text+proto' })
  assert.deepEqual(drawn.slice(0, 1), ['#1 8 B'])
  assert.deepEqual(drawn.slice(-3), [
    'trailers 39 B, 5 NOT_FOUND: no tea',
    '  grpc-status: 5',
    '  grpc-message:no%20tea',
  ])
  assert.equal(decodeGrpcWebText(Buffer.from('QQ==Qg==')).toString(), 'AB')
})

test('a status is named, and its message decoded', () => {
  const status = (value: string, message?: string) =>
    grpcStatus([['Grpc-Status', value] as const, ...(message ? [['grpc-message', message] as const] : [])])
  assert.equal(status('0'), '0 OK')
  assert.equal(status('5', 'no%20such%20%C3%BCser'), '5 NOT_FOUND: no such üser')
  assert.equal(status('99', '%zz'), '99 unknown status: %zz')
  assert.equal(grpcStatus([]), undefined)
})

test('media types of gRPC, and those that only begin like one', () => {
  for (const type of [
    'application/grpc',
    'application/grpc+proto',
    'application/grpc-web-text',
    'application/grpc-web+x',
  ])
    assert.ok(isGrpc(type), type)
  for (const type of ['application/grpcx', 'text/grpc', '']) assert.ok(!isGrpc(type), type)
})

test('no body throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (body, text) => {
      const mediaType = text ? 'application/grpc-web-text' : 'application/grpc'
      for (const line of draw(body, { mediaType, encoding: 'gzip' })) assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f]/)
    }),
  )
})
