/** What a peer may send for ever, and what the recorder keeps of it meanwhile. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Direction } from '../../src/model/party.ts'
import { ConnectionBook } from '../../src/recorder/connection-book.ts'
import { ExchangeBook } from '../../src/recorder/exchange-book.ts'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { MessageBook } from '../../src/recorder/message-book.ts'
import { block, frameBytes, literal, preface } from '../wire/http2/frame-bytes.ts'
import { webSocketFrame } from '../wire/websocket/frame-bytes.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const MB = 1024 * 1024
const sent = 8 * MB
const most = 6 * MB

function inUse(): number {
  collect()
  collect() // what the first one found
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

interface Flood {
  readonly alpn?: string
  /** What is said once. */
  readonly first?: readonly (readonly [Direction, Uint8Array])[]
  readonly from: Direction
  /** What is said again and again; told how often it was said. */
  readonly again: (count: number) => Uint8Array
  readonly most?: number
}

/** Bytes that are kept of 8 MB of the flood, while the connection is open. */
function kept({ alpn, first = [], from, again }: Flood): number {
  let lastFlow = 0
  const store = {
    keepsBodies: true,
    connection() {},
    facts() {},
    connectionFlow() {},
    spokenFor() {},
    nextFlowId: () => ++lastFlow,
    exchange() {},
    body() {},
  }
  const exchanges = new ExchangeBook(store, { body: 10_000 })
  const frames = new FrameBook()
  const book = new ConnectionBook(store, exchanges, frames, new MessageBook())
  const tick = (): void => {
    book.write()
    exchanges.write()
    frames.write(() => {}, true)
  }
  const end = { address: '', port: 1 }
  book.event(1, { type: 'opened', at: 1, local: end, remote: end })
  const agreed = { version: 'TLSv1.3', cipherSuite: '', resumed: false, ...(alpn ? { alpn } : {}) }
  book.event(1, { type: 'secured', leg: 'client', at: 1, agreed })
  const before = inUse()
  for (const [direction, what] of first) book.content(1, direction, 1, what)
  let count = 0
  for (let total = 0, since = 0; total < sent; ) {
    const part: Uint8Array[] = []
    for (let size = 0; size < 16_384; ) {
      const next = again(count++)
      part.push(next)
      size += next.length
    }
    const chunk = Buffer.concat(part)
    book.content(1, from, 1, chunk)
    total += chunk.length
    since += chunk.length
    if (since < MB) continue
    since = 0
    tick()
  }
  tick()
  const after = inUse() - before
  book.event(1, { type: 'closed', at: 2 })
  return after
}

const always = (what: string | Uint8Array): (() => Uint8Array) => {
  const said = typeof what === 'string' ? bytes(what) : what
  return () => said
}
const get = bytes('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
const chunked = bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
const upgrade = bytes('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n')
const upgraded = bytes('HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n')
const webSocket = [
  ['to-server', upgrade],
  ['to-client', upgraded],
] as const
const end = 1
const whole = 4
const getBlock = block([':method', 'GET'], [':scheme', 'https'], [':path', '/'], [':authority', 'a'])
const settings = frameBytes(4, 0, 0)
const h2 = [
  ['to-server', Buffer.concat([preface, settings])],
  ['to-client', settings],
] as const
const h2Get = [...h2, ['to-server', frameBytes(1, whole | end, 1, getBlock)]] as const

const floods: Readonly<Record<string, Flood>> = {
  'a request line': { alpn: 'http/1.1', from: 'to-server', again: always('GET /aaaaaaaaaaaa') },
  'field lines': {
    alpn: 'http/1.1',
    first: [['to-server', bytes('GET / HTTP/1.1\r\n')]],
    from: 'to-server',
    again: always('a: b\r\n'),
  },
  'empty lines': { alpn: 'http/1.1', from: 'to-server', again: always('\r\n') },
  'empty lines, the protocol unknown': { from: 'to-server', again: always('\r\n') },
  'a server that speaks first': { from: 'to-client', again: always('220 hello\r\n') },
  'requests that nobody answers': { alpn: 'http/1.1', from: 'to-server', again: always(get) },
  'interim responses': {
    alpn: 'http/1.1',
    first: [['to-server', get]],
    from: 'to-client',
    again: always('HTTP/1.1 103 x\r\n\r\n'),
  },
  'tiny chunks': {
    alpn: 'http/1.1',
    first: [
      ['to-server', get],
      ['to-client', chunked],
    ],
    from: 'to-client',
    again: always('8\r\nabcdefgh\r\n'),
  },
  'a chunk extension': {
    alpn: 'http/1.1',
    first: [
      ['to-server', get],
      ['to-client', Buffer.concat([chunked, bytes('1;')])],
    ],
    from: 'to-client',
    again: always('abcd'),
  },
  trailers: {
    alpn: 'http/1.1',
    first: [
      ['to-server', get],
      ['to-client', Buffer.concat([chunked, bytes('0\r\n')])],
    ],
    from: 'to-client',
    again: always('a: b\r\n'),
  },
  'what follows an Upgrade that nobody answers': {
    alpn: 'http/1.1',
    first: [['to-server', upgrade]],
    from: 'to-server',
    again: always('abcd'),
  },
  'fragments of one WebSocket message': {
    alpn: 'http/1.1',
    first: [...webSocket, ['to-server', webSocketFrame(1, bytes('a'), true, 4, false)]],
    from: 'to-server',
    again: always(webSocketFrame(0, bytes('a'.repeat(20)), true, 0, false)),
  },
  'WebSocket messages': {
    alpn: 'http/1.1',
    first: webSocket,
    from: 'to-client',
    again: always(webSocketFrame(1, bytes('a'.repeat(60)), false)),
  },
  'one endless WebSocket frame': {
    alpn: 'http/1.1',
    first: [...webSocket, ['to-client', bytes('\x82\x7f\0\x0f\0\0\0\0\0\0')]],
    from: 'to-client',
    again: always('abcd'),
  },
  'frames of no known type': {
    alpn: 'h2',
    first: h2,
    from: 'to-server',
    again: always(frameBytes(99, 255, 7, bytes('abcd'))),
  },
  SETTINGS: {
    alpn: 'h2',
    first: h2,
    from: 'to-server',
    again: always(frameBytes(4, 0, 0, bytes('\0\x01\x7f\xff\xff\xff'))),
  },
  CONTINUATION: {
    alpn: 'h2',
    first: [...h2, ['to-server', frameBytes(1, 0, 1, getBlock)]],
    from: 'to-server',
    again: always(frameBytes(9, 0, 1, literal('a', 'b'))),
  },
  'a block that unfolds': {
    alpn: 'h2',
    first: h2,
    from: 'to-server',
    again: n =>
      frameBytes(
        1,
        whole | end,
        2 * n + 1,
        n === 0 ? literal('a', 'b'.repeat(4000), true) : Buffer.alloc(16_000, 0xbe),
      ),
  },
  'requests on streams that nobody answers': {
    alpn: 'h2',
    first: h2,
    from: 'to-server',
    again: n => frameBytes(1, whole | end, 2 * n + 1, getBlock),
    most: 14 * MB,
  },
  'interim responses over HTTP/2': {
    alpn: 'h2',
    first: h2Get,
    from: 'to-client',
    again: always(frameBytes(1, whole, 1, block([':status', '103']))),
  },
  promises: {
    alpn: 'h2',
    first: h2Get,
    from: 'to-client',
    again: n =>
      frameBytes(5, whole, 1, Buffer.concat([Buffer.from([n >>> 23, n >>> 15, n >>> 7, (2 * n + 2) & 255]), getBlock])),
    most: 14 * MB,
  },
}

for (const [what, flood] of Object.entries(floods))
  test(`memory stays flat under a flood of ${what}`, () => {
    const grown = kept(flood)
    assert.ok(grown < (flood.most ?? most), `${(grown / MB).toFixed(1)} MB are kept`)
  })
