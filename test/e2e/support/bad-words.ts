/** What bad clients say. */
import { preface } from '../../wire/http2/frame-bytes.ts'
import type { Dice } from './dice.ts'

export const host = 'soak.localhost'

export const get = (target: string, ...lines: string[]): string =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${lines.map(line => `${line}\r\n`).join('')}\r\n`

/** Heads that no proxy can serve. */
export const badHeads = [
  'CONNECT HTTP/1.1\r\n\r\n',
  'CONNECT x HTTP/1.1\r\n\r\n',
  'CONNECT x:99999 HTTP/1.1\r\n\r\n',
  'CONNECT :443 HTTP/1.1\r\n\r\n',
  'CONNECT [::1:443 HTTP/1.1\r\n\r\n',
  'CONNECT http://x:1/ HTTP/1.1\r\n\r\n',
  'CONNECT \x1b[2Jx:1 HTTP/1.1\r\n\r\n',
  `CONNECT ${'x'.repeat(300)}:1 HTTP/1.1\r\n\r\n`,
  `CONNECT ${'x'.repeat(100_000)}:1 HTTP/1.1\r\n\r\n`,
  'CONNECT 127.0.0.1:1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc',
  'CONNECT 127.0.0.1:1 HTTP/9.9\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: nowhere.invalid\r\n\r\n',
  'GET  HTTP/1.1\r\n\r\n',
  'GET http:// HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://a:b@127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET ftp://127.0.0.1/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET https://127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://127.0.0.1:99999/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET http://127.0.0.1:1/ HTTP/1.1\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n',
  'BREW / HTTP/1.1\r\nHost: a\r\n\r\n',
  `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(30_000)}\r\n`,
  'POST http://127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzzz',
  'GET /chat HTTP/1.1\r\nHost: 127.0.0.1:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n',
]

/** What may follow the first lines of a POST. */
export const bodies = [
  'Content-Length: 10\r\n\r\nabc',
  'Transfer-Encoding: chunked\r\n\r\n5\r\nabc',
  'Content-Length: 1\r\n\r\nabcdef',
  'Expect: 100-continue\r\nContent-Length: 3\r\n\r\n',
]

export const http1Words = (dice: Dice): string =>
  dice.pick([
    dice.bytes(100).toString('latin1'),
    'GET / HT',
    `${get('/')}GET /x`,
    get('/').repeat(50),
    `POST / HTTP/1.1\r\nHost: a\r\n${dice.pick(bodies)}`,
    get('/', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: eA=='),
  ])

export const http2Words = (dice: Dice): Buffer =>
  dice.pick([
    dice.bytes(100),
    preface.subarray(0, 1 + dice.nat(23)),
    Buffer.concat([preface, dice.bytes(dice.nat(200))]),
    Buffer.concat([preface, Buffer.from('00000004000000000000002b0105', 'hex'), dice.bytes(30)]),
    Buffer.concat([preface, Buffer.from('000000040000000000', 'hex'), dice.bytes(9)]),
  ])
