import { type Connection, type ConnectionId, type Leg, legOf } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { WireChunk } from '../wire/tls/capture.ts'
import { readHellos } from '../wire/tls/hellos.ts'
import { factsOf, type LegFacts, legFacts } from './facts.ts'

const mostBytes = 65_536 // of one leg: no handshake says so much in clear
const mostChunks = 4096
const mostReadings = 16 // of hellos that are not whole, before the connection is over

/** The first bytes of one leg, until its hellos are whole. */
class Begin {
  /** Undefined once they have been read for good. */
  #begun: Record<Direction, WireChunk[]> | undefined = { 'to-server': [], 'to-client': [] }
  #bytes = 0
  #chunks = 0
  #readings = 0
  /** Its hellos may be whole by now. */
  #due = false
  facts: LegFacts | undefined

  get #full(): boolean {
    return this.#bytes >= mostBytes || this.#chunks >= mostChunks
  }

  /** Takes a copy. True where it is time to read. */
  push(direction: Direction, { at, offset, bytes }: WireChunk): boolean {
    if (!this.#begun || this.#full) return false
    const kept = Buffer.from(bytes.subarray(0, mostBytes - this.#bytes))
    this.#bytes += kept.length
    this.#chunks++
    this.#begun[direction].push({ at, offset, bytes: kept })
    this.#due ||= this.#full || (direction === 'to-client' && this.#readings < mostReadings)
    return this.#due
  }

  read(connection: Connection, leg: LegName): void {
    const over = connection.closed !== undefined && this.#chunks > 0
    if (!this.#begun || !(this.#due || over)) return
    this.#due = false
    this.#readings++
    const { tlsStartsAt = { toServer: 0, toClient: 0 } } = legOf(connection, leg) ?? {}
    const hellos = readHellos({ chunks: this.#begun, headers: noHeaders, keyLog: [], tlsStartsAt })
    if (!hellos.complete && !this.#full && !over) return
    this.#begun = undefined
    this.facts = legFacts(hellos)
  }
}

const noHeaders = { 'to-server': [], 'to-client': [] }

/** Looks at the hellos of a connection as they pass. */
export class HelloWatch {
  readonly #client = new Begin()
  readonly #upstream = new Begin()
  #told = ''
  /** The connection whose session the client offers to resume, and Parley to the server. */
  earlier: ConnectionId | undefined

  /** Whether either leg has shown a ClientHello. */
  get seen(): boolean {
    return (this.#client.facts?.ja4 ?? this.#upstream.facts?.ja4) !== undefined
  }

  /** True where there may be something to tell. */
  push(leg: LegName, direction: Direction, chunk: WireChunk): boolean {
    return (leg === 'client' ? this.#client : this.#upstream).push(direction, chunk)
  }

  /** What is known of the handshakes, where that is more than the last time. */
  news(connection: Connection): HandshakeFacts | undefined {
    this.#client.read(connection, 'client')
    this.#upstream.read(connection, 'upstream')
    const { client, upstream } = connection
    const legs = { client: this.#client.facts, upstream: this.#upstream.facts }
    const facts = factsOf(legs, { client: this.earlier, upstream: this.earlier }, alpnDiffers(client, upstream))
    const told = facts ? JSON.stringify(facts) : ''
    if (told === this.#told) return undefined
    this.#told = told
    return facts
  }
}

/** TLS 1.3 encrypts what ALPN chose; the engine knows it once both legs stand. */
const alpnDiffers = (client: Leg, upstream: Leg | undefined): boolean =>
  client.agreed !== undefined && upstream?.agreed !== undefined && client.agreed.alpn !== upstream.agreed.alpn
