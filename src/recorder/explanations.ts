import type { Connection, ConnectionId } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { LegName } from '../model/party.ts'
import { explainFailure, isSilentLeave } from '../problem/explain.ts'
import { BoundedSet } from '../wire/bounded-map.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { factsOf, legFacts } from './facts.ts'
import { SessionBook } from './session-book.ts'
import { hasSpoken, Sisters } from './sisters.ts'
import type { Verdicts } from './verdicts.ts'

const most = 10_000 // connections that wait
const mostAtOnce = 50 // that work, in a call: some 20 us each

/** What the handshakes are read from: the capture file that is being written. */
export interface HandshakeSource {
  connection(id: ConnectionId): Connection | undefined
  legCapture(id: ConnectionId, leg: LegName): LegCapture | undefined
}

type Handshakes = Partial<Record<LegName, Handshake>>

/** A few ms. */
function handshakesOf(source: HandshakeSource, id: ConnectionId): Handshakes {
  const handshakes: Handshakes = {}
  for (const leg of ['client', 'upstream'] as const) {
    const kept = source.legCapture(id, leg)
    if (kept) handshakes[leg] = dissect(kept, { checks: false, fields: false })
  }
  return handshakes
}

/** What the handshakes of a connection come to. */
export interface Told {
  /** With the last word on what went wrong, and without its process, which the store keeps apart. */
  readonly connection: Connection
  readonly facts: HandshakeFacts
}

/** Connections that may have failed, and what their handshakes prove: for the time when there is nothing else to do. */
export class Explanations {
  readonly #working = new BoundedSet<ConnectionId>(most)
  readonly #doubtful = new BoundedSet<ConnectionId>(most)
  readonly #sessions = new SessionBook()
  readonly #sisters = new Sisters()
  /** Those whose word was told and does not hold any more. */
  readonly #acquitted = new BoundedSet<ConnectionId>(most)

  add({ working, doubtful }: Verdicts): void {
    for (const id of working) this.#working.add(id)
    for (const id of doubtful) this.#doubtful.add(id)
  }

  /** Connections to be looked at now: those that work only where others may have failed. */
  get size(): number {
    if (this.#doubtful.size === 0 && !this.#sisters.someLeft) return 0
    return this.#working.size + this.#doubtful.size
  }

  /** The next one of which something is to be told; where there is none and `size` is not 0, it is to be called again. */
  next(source: HandshakeSource): Told | undefined {
    if (!this.#noteWorking(source)) return undefined
    for (const id of this.#doubtful) {
      this.#doubtful.delete(id)
      const connection = source.connection(id)
      if (!connection || (connection.explained && !this.#acquitted.has(id))) continue
      const handshakes = handshakesOf(source, id)
      const facts = this.#factsOf(id, handshakes)
      if (facts) return { facts, connection: this.#explain(connection, handshakes) }
    }
    return undefined
  }

  /** False where there are more. */
  #noteWorking(source: HandshakeSource): boolean {
    if (this.size === 0) return true
    let left = mostAtOnce
    for (const id of this.#working) {
      if (left-- === 0) return false
      this.#working.delete(id)
      const connection = source.connection(id)
      if (connection) this.#works(connection)
    }
    return true
  }

  #works(connection: Connection): void {
    this.#sisters.add(connection)
    for (const id of this.#sisters.acquit(connection)) {
      this.#acquitted.add(id)
      this.#doubtful.add(id)
    }
  }

  #factsOf(id: ConnectionId, { client, upstream }: Handshakes): HandshakeFacts | undefined {
    const origins = {
      client: client && this.#sessions.originOf(client),
      upstream: upstream && this.#sessions.originOf(upstream),
    }
    for (const handshake of [client, upstream]) if (handshake) this.#sessions.add(id, handshake)
    return factsOf({ client: client && legFacts(client), upstream: upstream && legFacts(upstream) }, origins)
  }

  #explain(connection: Connection, { client, upstream }: Handshakes): Connection {
    if (hasSpoken(client)) this.#works(connection)
    const problems = explainFailure(connection, client, upstream)
    const { process: _, ...rest } = connection
    if (!problems.some(isSilentLeave)) return { ...rest, problems, explained: true }
    const sisterWorks = this.#acquitted.delete(connection.id) || this.#sisters.of(connection).length > 0
    if (!sisterWorks) this.#sisters.leave(connection)
    return { ...rest, problems: explainFailure(connection, client, upstream, { sisterWorks }), explained: true }
  }
}
