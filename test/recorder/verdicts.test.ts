import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection, Leg } from '../../src/model/connection.ts'
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import { problemOf } from '../../src/problem/problem.ts'
import { ConnectionBook } from '../../src/recorder/connection-book.ts'
import { ExchangeBook } from '../../src/recorder/exchange-book.ts'
import { isClean } from '../../src/recorder/verdicts.ts'
import { recordedStream } from '../wire/tls/recorded-streams.ts'
import { MemoryStore } from './memory-store.ts'

const tls = { tlsStartsAt: { toServer: 0, toClient: 0 } }
const begun: Leg = { ...tls, closed: { at: 9, by: 'client', how: 'fin' } }
const secured: Leg = { ...begun, secureAt: 3 }
const over = (more: Partial<Connection> = {}): Connection => ({
  ...{ id: 1, openedAt: 1, client: secured, upstream: { ...secured, closed: { at: 9, by: 'parley', how: 'fin' } } },
  ...{ problems: [], closed: { at: 9 }, ...more },
})
const clientSpoke = { clientSpoke: true, spoilt: false }

test('a connection that was secured on both legs, and on which the client clientSpoke, is clean', () => {
  assert.ok(isClean(over(), clientSpoke))
  assert.ok(isClean(over({ upstream: {} }), clientSpoke), 'a server without TLS')
})

test('what its handshakes have to tell of is not clean', () => {
  const { upstream: _, ...alone } = over()
  const doubtful: Record<string, Connection> = {
    'a problem': over({ problems: [problemOf('tls/closed-by-client')] }),
    'a client leg that never stood': over({ client: begun }),
    'an upstream leg that never stood': over({ upstream: begun }),
    'a session between others': over({ treatment: 'pass-through' }),
    'seen from outside': { ...alone, sniffed: true },
  }
  for (const [why, connection] of Object.entries(doubtful)) assert.ok(!isClean(connection, clientSpoke), why)
  assert.ok(!isClean(over(), { clientSpoke: true, spoilt: true }), 'an alert after the handshake')
})

test('a client that left without a word may have disliked what it saw; one that was left did not', () => {
  const silent = { clientSpoke: false, spoilt: false }
  assert.ok(!isClean(over(), silent))
  assert.ok(isClean(over({ client: { ...secured, closed: { at: 9, by: 'parley', how: 'fin' } } }), silent))
})

const endpoint = { address: '127.0.0.1', port: 1 }
const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'http/1.1', resumed: false }
const opening: readonly ConnectionEvent[] = [
  { type: 'opened', at: 1, local: endpoint, remote: endpoint },
  { type: 'targeted', entrance: 'connect', target: { host: 'a.example', port: 443 } },
]
const standing: readonly ConnectionEvent[] = [
  ...opening,
  { type: 'tls-started', leg: 'client', toServer: 0, toClient: 0 },
  { type: 'secured', leg: 'client', at: 2, agreed },
]
const leaving: readonly ConnectionEvent[] = [
  ...[
    {
      type: 'leg-closed',
      leg: 'client',
      closed: { at: 8, by: 'client', how: 'fin' },
      bytes: { toServer: 9, toClient: 0 },
    } as const,
  ],
  { type: 'closed', at: 9 },
]

function books() {
  const store = new MemoryStore()
  const book = new ConnectionBook(store, new ExchangeBook(store, { body: 1000 }))
  const tell = (...events: readonly ConnectionEvent[]): void => {
    for (const event of events) book.event(7, event)
  }
  const ask = (): void => book.content(7, 'to-server', 3, Buffer.from('GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n'))
  const answer = (): void => book.content(7, 'to-client', 4, Buffer.from('HTTP/1.1 204 OK\r\n\r\n'))
  return { store, book, tell, ask, answer }
}

const hellos = recordedStream('tls13-go').chunks
const shakeHands = (book: ConnectionBook, leg: 'client' | 'upstream'): void => {
  for (const direction of ['to-server', 'to-client'] as const)
    for (const chunk of hellos[direction]) book.wire(7, leg, direction, chunk)
}

test('the facts of the hellos are written with the connection, in the same tick', () => {
  const { store, book, tell } = books()
  tell(...standing)
  shakeHands(book, 'client')
  assert.deepEqual(book.write(), [7])
  assert.match(store.told[0]![1].clientJa4!, /^t13/)
  shakeHands(book, 'upstream')
  book.write()
  assert.deepEqual([store.told.length, store.told[1]![1].differs], [2, false])
})

test('a clean connection has its last word when it closes; of one that is not the handshakes are asked', () => {
  for (const [spoilt, doubtful] of [
    [false, []],
    [true, [7]],
  ] as const) {
    const { store, book, tell, ask, answer } = books()
    tell(...standing)
    shakeHands(book, 'client')
    ask()
    answer()
    if (spoilt) tell({ type: 'spoilt', leg: 'client' })
    tell(...leaving)
    book.write()
    assert.deepEqual(book.takeVerdicts(), { working: [7], doubtful })
    assert.deepEqual(book.takeVerdicts(), { working: [], doubtful: [] })
    assert.equal(store.connections.get(7)?.explained, spoilt ? undefined : true)
  }
})

test('a client that goes without a word is doubted, a connection without TLS is not', () => {
  const { book, tell } = books()
  tell(...standing)
  shakeHands(book, 'client')
  tell(...leaving)
  book.write()
  assert.deepEqual(book.takeVerdicts(), { working: [], doubtful: [7] })
  const plain = books()
  plain.tell(...opening)
  plain.ask()
  plain.tell(...leaving)
  plain.book.write()
  assert.deepEqual(plain.book.takeVerdicts(), { working: [], doubtful: [] })
})
