import type { Connection, ConnectionId } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { LegName } from '../model/party.ts'
import { explainFailure, isSilentLeave } from '../problem/explain.ts'
import { BoundedMap, BoundedSet } from '../wire/bounded-map.ts'
import { hex } from '../wire/reader.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import { ja4 } from '../wire/tls/fingerprint.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { groups } from '../wire/tls/registry/groups.ts'
import { nameOf } from '../wire/tls/registry/names.ts'
import { hasSpoken, Sisters } from './sisters.ts'

const most = 10_000 // connections that wait, and sessions that are remembered

/** What the facts are read from: the capture file that is being written. */
export interface FactSource {
  connection(id: ConnectionId): Connection | undefined
  legCapture(id: ConnectionId, leg: LegName): LegCapture | undefined
  facts(id: ConnectionId): HandshakeFacts | undefined
}

/** Sessions that were offered on recorded connections, by ticket or session ID: who resumes later is found here. */
class SessionBook {
  readonly #origins = new BoundedMap<string, ConnectionId>(most)

  /** The earlier connection whose session this handshake resumed. */
  originOf({ clientHello: hello, negotiated }: Handshake): ConnectionId | undefined {
    if (!hello || negotiated.resumption === 'none') return undefined
    const offered = [...(hello.psk?.identities ?? []), hello.sessionTicket, hello.sessionId]
    for (const key of offered) {
      const origin = key && key.length > 0 ? this.#origins.get(hex(key)) : undefined
      if (origin !== undefined) return origin
    }
    return undefined
  }

  /** Notes what the server of this handshake offers to resume. */
  add(id: ConnectionId, { messages, serverHello }: Handshake): void {
    for (const { value } of messages)
      if (value.name === 'new_session_ticket') this.#origins.set(hex(value.ticket.ticket), id)
    const sessionId = serverHello?.selectedVersion === undefined ? serverHello?.sessionId : undefined
    if (sessionId && sessionId.length > 0 && !this.#origins.has(hex(sessionId))) this.#origins.set(hex(sessionId), id)
  }
}

type Handshakes = Partial<Record<LegName, Handshake>>

/** A few ms. */
function handshakesOf(source: FactSource, id: ConnectionId): Handshakes {
  const handshakes: Handshakes = {}
  for (const leg of ['client', 'upstream'] as const) {
    const kept = source.legCapture(id, leg)
    if (kept) handshakes[leg] = dissect(kept, { checks: false, fields: false })
  }
  return handshakes
}

/** What filters ask of the two handshakes; undefined where neither leg has TLS. */
function factsOf(
  id: ConnectionId,
  { client, upstream }: Handshakes,
  sessions: SessionBook,
): HandshakeFacts | undefined {
  if (!client?.clientHello && !upstream?.clientHello) return undefined
  const known = {
    clientJa4: client?.clientHello && ja4(client.clientHello).hash,
    upstreamJa4: upstream?.clientHello && ja4(upstream.clientHello).hash,
    clientGroup: groupOf(client),
    upstreamGroup: groupOf(upstream),
    differs: client?.serverHello && upstream?.serverHello && differs(client, upstream),
    clientResumes: client && sessions.originOf(client),
    upstreamResumes: upstream && sessions.originOf(upstream),
  }
  for (const handshake of [client, upstream]) if (handshake) sessions.add(id, handshake)
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

const groupOf = (handshake: Handshake | undefined): string | undefined => {
  const group = handshake?.negotiated.group
  return group === undefined ? undefined : nameOf(groups, group)
}

const compared = ['version', 'cipherSuite', 'group', 'alpn'] as const

const differs = (client: Handshake, upstream: Handshake): boolean =>
  compared.some(aspect => client.negotiated[aspect] !== upstream.negotiated[aspect])

/** What the handshakes of a connection come to. */
export interface Told {
  readonly id: ConnectionId
  readonly facts: HandshakeFacts
  /** The connection with the last word on what went wrong, once it is over and where that was not known before. */
  readonly explained?: Connection
}

/** Connections whose handshakes are still to be read: for the time when there is nothing else to do. */
export class FactQueue {
  readonly #ids = new BoundedSet<ConnectionId>(most)
  readonly #sessions = new SessionBook()
  readonly #sisters = new Sisters()
  /** Those whose word was told and does not hold any more. */
  readonly #acquitted = new BoundedSet<ConnectionId>(most)

  add(ids: readonly ConnectionId[]): void {
    for (const id of ids) this.#ids.add(id)
  }

  get size(): number {
    return this.#ids.size
  }

  /** The next one whose handshakes are over; one that is under way is added again when it changes. */
  next(source: FactSource): Told | undefined {
    for (const id of this.#ids) {
      this.#ids.delete(id)
      const connection = source.connection(id)
      if (!connection || (!connection.closed && connection.client.secureAt === undefined)) continue
      const isLast = connection.closed !== undefined && (!connection.explained || this.#acquitted.has(id))
      if (!isLast && source.facts(id)?.clientJa4 !== undefined) continue
      this.#sisters.add(connection)
      const handshakes = handshakesOf(source, id)
      const facts = factsOf(id, handshakes, this.#sessions)
      if (facts) return { id, facts, ...(isLast && { explained: this.#explain(connection, handshakes, source) }) }
    }
    return undefined
  }

  /** Without its process, which the store keeps apart. */
  #explain(connection: Connection, { client, upstream }: Handshakes, source: FactSource): Connection {
    if (hasSpoken(client)) this.#acquit(connection)
    const problems = explainFailure(connection, client, upstream)
    const { process: _, ...rest } = connection
    if (!problems.some(isSilentLeave)) return { ...rest, problems, explained: true }
    const sisterWorks = this.#acquitted.delete(connection.id) || this.#sisterWorks(connection, source)
    if (!sisterWorks) this.#sisters.leave(connection)
    return { ...rest, problems: explainFailure(connection, client, upstream, { sisterWorks }), explained: true }
  }

  #acquit(connection: Connection): void {
    for (const id of this.#sisters.acquit(connection)) {
      this.#acquitted.add(id)
      this.#ids.add(id)
    }
  }

  #sisterWorks(connection: Connection, source: FactSource): boolean {
    return this.#sisters.of(connection).some(id => {
      const kept = source.legCapture(id, 'client')
      return kept !== undefined && hasSpoken(dissect(kept, { checks: false, fields: false }))
    })
  }
}
