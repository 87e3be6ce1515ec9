/** A connection book with a store in memory, and what happens to its connection 7. */
import type { ConnectionEvent } from '../../src/model/connection-event.ts'
import type { ActedOnMessage } from '../../src/model/stream-message.ts'
import { ConnectionBook } from '../../src/recorder/connection-book.ts'
import { ExchangeBook } from '../../src/recorder/exchange-book.ts'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { MessageBook } from '../../src/recorder/message-book.ts'
import { MemoryStore } from './memory-store.ts'

export const endpoint = { address: '127.0.0.1', port: 1 }
export const opening = { type: 'opened', at: 1, local: endpoint, remote: endpoint } as const satisfies ConnectionEvent
export const target = {
  type: 'targeted',
  entrance: 'connect',
  target: { host: 'a.example', port: 443 },
} as const satisfies ConnectionEvent
export const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'http/1.1', resumed: false }
export const secured = { type: 'secured', leg: 'client', at: 2, agreed } as const satisfies ConnectionEvent
export const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
export const ended = (by: 'client' | 'server' | 'parley', how: 'fin' | 'reset', toServer = 100): ConnectionEvent => ({
  type: 'leg-closed',
  leg: by === 'server' ? 'upstream' : 'client',
  closed: { at: 8, by, how },
  bytes: { toServer, toClient: 0 },
})

export function books() {
  const store = new MemoryStore()
  const exchanges = new ExchangeBook(store, { body: 1000 })
  const messages: string[] = []
  const acted: (readonly [exchange: number, seq: number, acted: ActedOnMessage])[] = []
  const kept = new MessageBook({
    streamMessage: (exchange, { direction, seq }) => messages.push(`${exchange} ${direction} ${seq}`),
    actedOn: (exchange, seq, done) => acted.push([exchange, seq, done]),
  })
  const book = new ConnectionBook(store, exchanges, new FrameBook(), kept)
  const tell = (...events: readonly ConnectionEvent[]): void => {
    for (const event of events) book.event(7, event)
  }
  const content = (direction: 'to-server' | 'to-client', text: string): void =>
    book.content(7, direction, 3, Buffer.from(text))
  return { store, exchanges, book, tell, content, messages, acted }
}
