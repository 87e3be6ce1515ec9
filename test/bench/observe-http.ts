/** Prints what observing costs: µs per small exchange and MB/s of bodies. Run with `node --import tsx`. */
import { performance } from 'node:perf_hooks'
import type { PlainObserver, PlainSink } from '../../src/observe/plain.ts'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { frameBytes, literal, preface } from '../wire/http2/frame-bytes.ts'

let events = 0
const sink: PlainSink = {
  open: () => void events++,
  event: () => void events++,
  problem: problem => {
    throw new Error(problem.message)
  },
  protocol: () => {},
}
const context = { scheme: 'https', authority: 'example.com' } as const
const ascii = (text: string) => Buffer.from(text, 'latin1')

const fields = [
  ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
  ['accept', 'application/json'],
  ['accept-encoding', 'gzip, br'],
  ['cookie', 'session=0123456789abcdef'],
] as const

const request1 = ascii(
  `GET /v1/users?page=2 HTTP/1.1\r\nHost: example.com\r\n${fields.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`,
)
const body = 'x'.repeat(60)
const response1 = ascii(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 01 Jan 2026 00:00:00 GMT\r\nServer: demo\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
)

function time(name: string, rounds: number, round: (i: number) => void): void {
  for (let i = 0; i < rounds / 5; i++) round(i)
  const start = performance.now()
  for (let i = 0; i < rounds; i++) round(i + rounds)
  const perRound = ((performance.now() - start) * 1000) / rounds
  console.log(`${name}: ${perRound.toFixed(2)} µs`)
}

function throughput(name: string, observer: PlainObserver, piece: Uint8Array, pieces: number): void {
  for (let i = 0; i < pieces / 5; i++) observer.push('to-client', i, piece)
  const start = performance.now()
  for (let i = 0; i < pieces; i++) observer.push('to-client', i, piece)
  console.log(`${name}: ${((piece.length * pieces) / 1e6 / ((performance.now() - start) / 1000)).toFixed(0)} MB/s`)
}

const http1 = observePlain(context, 'http/1.1', sink)
time(`http/1.1 GET (${request1.length} + ${response1.length} bytes)`, 200_000, i => {
  http1.push('to-server', i, request1)
  http1.push('to-client', i, response1)
})

const http2 = observePlain(context, 'h2', sink)
http2.push('to-server', 0, Buffer.concat([preface, frameBytes(4, 0, 0)]))
http2.push('to-client', 0, frameBytes(4, 0, 0))
// What a client sends after the first request: :path new, the rest indexed.
const first = Buffer.concat([
  Buffer.from([0x82, 0x87]),
  literal(':authority', 'example.com', true),
  ...fields.map(([n, v]) => literal(n, v, true)),
])
http2.push('to-server', 0, frameBytes(1, 5, 1, Buffer.concat([first, literal(':path', '/', false)])))
http2.push(
  'to-client',
  0,
  frameBytes(
    1,
    5,
    1,
    Buffer.concat([
      Buffer.from([0x88]),
      literal('content-type', 'application/json', true),
      literal('server', 'demo', true),
    ]),
  ),
)
const block = Buffer.concat([
  Buffer.from([0x82, 0x87, 0xc2, 0xc1, 0xc0, 0xbf, 0xbe]),
  literal(':path', '/v1/users?page=2', false),
])
const answer = Buffer.concat([Buffer.from([0x88, 0xbf, 0xbe]), literal('date', 'Mon, 01 Jan 2026 00:00:00 GMT', false)])
const request2 = frameBytes(1, 5, 1, block)
const response2 = Buffer.concat([frameBytes(1, 4, 1, answer), frameBytes(0, 1, 1, ascii(body))])
const dataAt = 9 + answer.length
time(`h2 GET (${request2.length} + ${response2.length} bytes)`, 200_000, i => {
  const stream = i * 2 + 3
  request2.writeUInt32BE(stream, 5)
  response2.writeUInt32BE(stream, 5)
  response2.writeUInt32BE(stream, dataAt + 5)
  http2.push('to-server', i, request2)
  http2.push('to-client', i, response2)
})

http1.push('to-server', 0, request1)
http1.push('to-client', 0, ascii('HTTP/1.1 200 OK\r\n\r\n'))
throughput('http/1.1 body until close, 64 KB pieces', http1, new Uint8Array(65_536), 100_000)

const chunked = observePlain(context, 'http/1.1', sink)
chunked.push('to-server', 0, request1)
chunked.push('to-client', 0, ascii('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'))
throughput('http/1.1 chunked body, 8 KB chunks', chunked, ascii(`2000\r\n${'x'.repeat(8192)}\r\n`.repeat(8)), 20_000)

http2.push('to-server', 0, frameBytes(1, 5, 2 ** 30 + 1, block))
http2.push('to-client', 0, frameBytes(1, 4, 2 ** 30 + 1, answer))
const frame = frameBytes(0, 0, 2 ** 30 + 1, new Uint8Array(16_384))
throughput('h2 body, 16 KB frames', http2, Buffer.concat([frame, frame, frame, frame]), 20_000)
console.log(`${events} events`)
