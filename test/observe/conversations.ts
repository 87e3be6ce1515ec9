/** Long conversations with every shape that a message of the protocol can have: what random damage is done to. */
import { gzipSync } from 'node:zlib'
import { deflated } from '../view/make-messages.ts'
import { block, frameBytes, literal, preface } from '../wire/http2/frame-bytes.ts'
import { webSocketFrame } from '../wire/websocket/frame-bytes.ts'
import { client, type Part, server } from './transcript.ts'

export interface Conversation {
  readonly alpn?: string
  readonly parts: readonly Part[]
}

const zipped = gzipSync('{"users":[{"name":"ä","id":1}]}')
const get = (path: string, ...lines: string[]) =>
  `GET ${path} HTTP/1.1\r\nHost: a.test\r\n${lines.map(line => `${line}\r\n`).join('')}\r\n`
const json = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`

const messages: readonly Part[] = [
  client(
    'POST /form?a=1&b=%20 HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: s=1; t\r\nContent-Length: 7\r\n\r\n',
  ),
  server('HTTP/1.1 100 Continue\r\n\r\n'),
  client('x=1&y=2'),
  server(Buffer.concat([Buffer.from(`HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n${json}`), zipped])),
  client(`${get('/one')}${get('/two', 'Folded: a\r\n b', 'X:')}HEAD /three HTTP/1.1\r\nHost: a.test\r\n\r\n`),
  server(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n5;x="y"\r\nhello\r\n1\r\n!\r\n0\r\nSum: 6\r\n\r\n',
  ),
  server('HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n'),
  client('PUT /p HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n3\r\nabc\r\n0\r\n\r\n'),
  server('HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n'),
  server('data: 2\n\n'),
]

const webSocketFrames: readonly Part[] = [
  client(webSocketFrame(1, deflated('hello hello'), true, 4)),
  server(webSocketFrame(1, deflated('hello').subarray(0, 3), false, 4, false)),
  server(webSocketFrame(9, Buffer.from('ping'), false)),
  client(webSocketFrame(10, Buffer.from('ping'), true)),
  server(webSocketFrame(0, deflated('hello').subarray(3), false)),
  server(webSocketFrame(2, Buffer.alloc(300, 7), false)),
  client(webSocketFrame(8, Buffer.from([3, 232, 98, 121, 101]), true)),
  server(webSocketFrame(8, Buffer.from([3, 232]), false)),
]

const extensions = 'Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover'
const webSocket: readonly Part[] = [
  client(get('/chat', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: eA==', extensions)),
  server(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${extensions}\r\n\r\n`),
  ...webSocketFrames,
]

const hurried = Buffer.concat(
  [40, 200, 300].map(size => webSocketFrame(2, Buffer.from(zipped.subarray(0, size)), true)),
)
const early: readonly Part[] = [
  client(get('/chat', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Key: eA==')),
  client(hurried.subarray(0, 70)),
  server('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
  client(hurried.subarray(70)),
  ...webSocketFrames.filter(([, frame]) => ((frame as Uint8Array)[0]! & 0x40) === 0),
]

const [endStream, endHeaders, padded, priority] = [1, 4, 8, 32]
const u32 = (...values: number[]) =>
  Buffer.concat(values.map(value => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])))
const headers = (stream: number, flags: number, fields: Uint8Array) => frameBytes(1, endHeaders | flags, stream, fields)
const data = (stream: number, flags: number, bytes: Uint8Array | string) =>
  frameBytes(0, flags, stream, Buffer.from(bytes as string))
const asking = block([':method', 'POST'], [':scheme', 'https'], [':path', '/a.B/C'], [':authority', 'a.test'])
const indexed = Buffer.concat([
  Buffer.from([0x82, 0x87]),
  literal(':path', '/next', true),
  literal('x-again', 'y'.repeat(40), true),
])
const grpc = block([':status', '200'], ['content-type', 'application/grpc'])
const chat = block(
  [':method', 'CONNECT'],
  [':protocol', 'websocket'],
  [':scheme', 'https'],
  [':path', '/chat'],
  [':authority', 'a.test'],
)

const streams: readonly Part[] = [
  client(
    Buffer.concat([
      preface,
      frameBytes(4, 0, 0, Buffer.from([0, 1, 0, 0, 32, 0, 0, 4, 0, 1, 0, 0])),
      frameBytes(8, 0, 0, u32(1000)),
    ]),
  ),
  server(Buffer.concat([frameBytes(4, 0, 0, Buffer.from([0, 8, 0, 0, 0, 1])), frameBytes(4, 1, 0)])),
  client(
    Buffer.concat([
      frameBytes(4, 1, 0),
      headers(1, priority, Buffer.concat([u32(0), Buffer.of(15), asking])),
      data(1, endStream, '\0\0\0\0\x02\x08\x07'),
    ]),
  ),
  client(
    Buffer.concat([
      frameBytes(1, endStream, 3, indexed.subarray(0, 9)),
      frameBytes(9, 0, 3, indexed.subarray(9, 20)),
      frameBytes(9, endHeaders, 3, indexed.subarray(20)),
    ]),
  ),
  server(
    Buffer.concat([
      headers(1, 0, block([':status', '103'])),
      headers(1, 0, grpc),
      data(1, padded, '\x03\0\0\0\0\x02\x08\x07\0\0\0'),
    ]),
  ),
  server(
    frameBytes(
      5,
      endHeaders,
      3,
      Buffer.concat([
        u32(2),
        block([':method', 'GET'], [':scheme', 'https'], [':path', '/pushed'], [':authority', 'a.test']),
      ]),
    ),
  ),
  server(
    Buffer.concat([
      headers(1, endStream, block(['grpc-status', '0'])),
      headers(3, 0, literal(':status', '404', true)),
      data(3, endStream, 'not here'),
    ]),
  ),
  client(headers(5, endStream, Buffer.from([0x82, 0x87, 0xbf, 0xbe]))),
  server(
    Buffer.concat([
      headers(2, 0, Buffer.from([0xbe])),
      data(2, endStream, ''),
      frameBytes(6, 0, 0, Buffer.alloc(8)),
      frameBytes(8, 0, 5, u32(70_000)),
    ]),
  ),
  client(Buffer.concat([frameBytes(3, 0, 5, u32(8)), headers(7, 0, chat)])),
  server(
    Buffer.concat([
      headers(7, 0, block([':status', '200'])),
      frameBytes(12, 0, 0, Buffer.from('x')),
      frameBytes(10, 0, 0, Buffer.from('\0\x05a.tst')),
    ]),
  ),
  ...webSocketFrames.map(
    ([direction, bytes], i): Part => [direction, data(7, i === 6 ? endStream : 0, bytes as Uint8Array)],
  ),
  server(Buffer.concat([data(7, endStream, ''), frameBytes(7, 0, 0, Buffer.concat([u32(7, 0), Buffer.from('bye')]))])),
]

export const conversations: Readonly<Record<string, Conversation>> = {
  'HTTP/1.1 messages': { alpn: 'http/1.1', parts: messages },
  'HTTP/1.1 without ALPN': { parts: messages },
  'a WebSocket': { alpn: 'http/1.1', parts: webSocket },
  'a WebSocket whose client does not wait': { alpn: 'http/1.1', parts: early },
  'a CONNECT inside': {
    parts: [
      client('CONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\n'),
      server('HTTP/1.1 200 OK\r\n\r\n'),
      client('\x16\x03\x01'),
    ],
  },
  'HTTP/2 streams': { alpn: 'h2', parts: streams },
  'HTTP/2 without ALPN': { parts: streams },
}
