import type { Connection } from '../../src/model/connection.ts'
import type { BodySide, Exchange, Side } from '../../src/model/exchange.ts'
import type { HandshakeFacts } from '../../src/model/handshake-facts.ts'
import type { ConnectionStore } from '../../src/recorder/connection-book.ts'
import type { ExchangeStore } from '../../src/recorder/exchange-book.ts'

/** A store that remembers the last state of everything, and how often each was written. */
export class MemoryStore implements ConnectionStore, ExchangeStore {
  readonly connections = new Map<number, Connection>()
  readonly told: (readonly [number, HandshakeFacts])[] = []
  /** Connections as they were listed, and the flows that they are in the list. */
  readonly listed: number[] = []
  readonly listedAs: number[] = []
  readonly spoken: [connection: number, row: number | undefined][] = []
  readonly exchanges = new Map<number, Exchange>()
  readonly writes: number[] = []
  readonly #bodies = new Map<string, { readonly offset: number; readonly bytes: Buffer }[]>()
  keepsBodies = true
  #lastFlow = 0

  connection(connection: Connection): void {
    this.connections.set(connection.id, connection)
  }
  facts(connection: number, facts: HandshakeFacts): void {
    this.told.push([connection, facts])
  }
  connectionFlow(connection: Connection, id: number): void {
    this.listed.push(connection.id)
    this.listedAs.push(id)
  }
  spokenFor(connection: number, row: number | undefined): void {
    this.spoken.push([connection, row])
  }
  nextFlowId(): number {
    return ++this.#lastFlow
  }
  exchange(exchange: Exchange, requestBody?: Uint8Array, responseBody?: Uint8Array): void {
    this.exchanges.set(exchange.id, exchange)
    this.writes.push(exchange.id)
    if (requestBody) this.#first(exchange.id, 'request', requestBody)
    if (responseBody) this.#first(exchange.id, 'response', responseBody)
  }
  body(exchange: number, side: BodySide, offset: number, bytes: Uint8Array): void {
    this.#parts(exchange, side).push({ offset, bytes: Buffer.from(bytes) })
  }

  /** The kept parts of a body put together: offset of each run, and its bytes. */
  runs(exchange: number, side: BodySide): readonly { readonly offset: number; readonly text: string }[] {
    const runs: { offset: number; text: string }[] = []
    for (const { offset, bytes } of [...this.#parts(exchange, side)].sort((a, b) => a.offset - b.offset)) {
      const last = runs.at(-1)
      if (last && last.offset + last.text.length === offset) last.text += bytes.toString('latin1')
      else runs.push({ offset, text: bytes.toString('latin1') })
    }
    return runs
  }

  #first(exchange: number, side: Side, bytes: Uint8Array): void {
    const parts = this.#parts(exchange, side)
    if (parts[0]?.offset === 0) parts.shift()
    parts.unshift({ offset: 0, bytes: Buffer.from(bytes) })
  }

  #parts(exchange: number, side: BodySide): { readonly offset: number; readonly bytes: Buffer }[] {
    const key = `${exchange} ${side}`
    const parts = this.#bodies.get(key) ?? []
    this.#bodies.set(key, parts)
    return parts
  }
}
