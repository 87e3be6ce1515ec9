import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readProtoFile } from '../../../src/formats/protobuf/proto-file.ts'
import { grpcStatus, renderGrpc } from '../../../src/view/body/grpc.ts'
import type { Call, RenderInput } from '../../../src/view/body/renderer.ts'
import { framed } from '../../formats/framed.ts'
import { bytes, number } from '../../formats/protobuf/proto-bytes.ts'
import { shopProto } from '../../formats/protobuf/shop.ts'
import { plainContext, texts } from './render.ts'

const order = Uint8Array.from([...number(1, 7), ...bytes(4, 'visa')])
const call: Call = { side: 'response', path: '/shop.v1.Orders/Find' }
const draw = (bytes: Uint8Array, input: Partial<RenderInput> = {}, schema?: Call['schema']) =>
  texts(
    renderGrpc({ bytes, mediaType: 'application/grpc', ...input }, { ...plainContext(), call: { ...call, schema } }),
  ) ?? []

test('a tree without a file, and with names where it is given', () => {
  assert.deepEqual(draw(framed(0, order)), ['#1 8 B', '  1: 7  or sint -4', '  4: "visa"'])
  const { schema } = readProtoFile(shopProto)
  assert.deepEqual(draw(framed(0, order), {}, schema), ['#1 8 B, shop.v1.Order', '  id 1: 7', '  card 4: "visa"'])
})

test('a compressed message is inflated, or says why not', () => {
  const body = framed(1, gzipSync(order))
  assert.match(draw(body, { grpcEncoding: 'gzip' })[0]!, /^#1 28 B, gzip to 8 B$/)
  assert.match(draw(body)[0]!, /grpc-encoding does not say how/)
  assert.match(draw(body, { grpcEncoding: 'snappy' })[0]!, /unknown content coding snappy/)
  assert.match(draw(framed(1, gzipSync(Buffer.alloc(6_000_000))), { grpcEncoding: 'gzip' })[0]!, /grows past/)
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
})

test('a status is named, and its message decoded', () => {
  const status = (value: string, message?: string) =>
    grpcStatus([['Grpc-Status', value] as const, ...(message ? [['grpc-message', message] as const] : [])])
  assert.equal(status('0'), '0 OK')
  assert.equal(status('5', 'no%20such%20%C3%BCser'), '5 NOT_FOUND: no such üser')
  assert.equal(status('99', '%zz'), '99 unknown status: %zz')
  assert.equal(grpcStatus([]), undefined)
})

test('no body throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (body, text) => {
      const mediaType = text ? 'application/grpc-web-text' : 'application/grpc'
      for (const line of draw(body, { mediaType, grpcEncoding: 'gzip' }))
        assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f]/)
    }),
  )
})
