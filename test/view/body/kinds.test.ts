import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '../../../src/view/body/kinds.ts'
import { rank } from '../../../src/view/body/rank.ts'

const typed = (type: string) => kinds.filter(({ types }) => types.test(type)).map(({ kind }) => kind)
const sniffed = (text: string) =>
  kinds
    .filter(({ sniff }) => sniff?.({ bytes: Buffer.from(text, 'latin1'), mediaType: '' }, text))
    .map(({ kind }) => kind)

test('media types lead to one kind each, SVG to two', () => {
  const wanted = {
    'application/json': 'json',
    'application/ld+json': 'json',
    'application/x-ndjson': 'ndjson',
    'text/xml': 'xml',
    'application/xhtml+xml': 'html xml',
    'image/svg+xml': 'image xml',
    'text/css': 'css',
    'text/javascript': 'script',
    'font/woff2': 'font',
    'video/mp4': 'media',
    'multipart/form-data': 'multipart',
    'application/vnd.msgpack': 'msgpack',
    'application/senml+cbor': 'cbor',
    'application/jwt': 'jwt',
    'application/grpc': 'grpc',
    'application/grpc+proto': 'grpc',
    'application/grpc-web-text': 'grpc',
    'application/grpc-web+x': 'grpc',
    'application/grpcx': '',
    'text/grpc': '',
    'application/pdf': '',
  }
  for (const [type, kind] of Object.entries(wanted)) assert.equal(typed(type).join(' '), kind, type)
})

test('a gRPC body stays one, whatever its messages begin like', () => {
  const [first] = rank({ bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), mediaType: 'application/grpc' })
  assert.equal(first!.kind, 'grpc')
})

test('bytes are told by how they begin', () => {
  assert.deepEqual(sniffed('{"query":"{a}"}'), ['graphql', 'json'])
  assert.deepEqual(sniffed('{"a":1}\n{"a":2}\n'), ['ndjson', 'json'])
  assert.deepEqual(sniffed('OggS'), ['media'])
  assert.deepEqual(sniffed('wOF2'), ['font'])
  assert.deepEqual(sniffed('<!DOCTYPE HTML>'), ['html'])
  assert.deepEqual(sniffed('plain words'), [])
})
