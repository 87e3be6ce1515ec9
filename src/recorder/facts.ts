import type { Connection, ConnectionId } from '../model/connection.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { LegName } from '../model/party.ts'
import { BoundedMap, BoundedSet } from '../wire/bounded-map.ts'
import { hex } from '../wire/reader.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import { ja4 } from '../wire/tls/fingerprint.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { groups } from '../wire/tls/registry/groups.ts'
import { nameOf } from '../wire/tls/registry/names.ts'

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

/** What filters ask of the two handshakes; undefined where a leg has no TLS. A few ms. */
export function factsOf(
  source: FactSource,
  id: ConnectionId,
  sessions = new SessionBook(),
): HandshakeFacts | undefined {
  const [client, upstream] = (['client', 'upstream'] as const).map(leg => {
    const kept = source.legCapture(id, leg)
    return kept && dissect(kept, { checks: false, fields: false })
  })
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

/** Connections whose facts are still to be told: for the time when there is nothing else to do. */
export class FactQueue {
  readonly #ids = new BoundedSet<ConnectionId>(most)
  readonly #sessions = new SessionBook()

  add(ids: readonly ConnectionId[]): void {
    for (const id of ids) this.#ids.add(id)
  }

  get size(): number {
    return this.#ids.size
  }

  /** The next one whose handshakes are over; one that is under way is added again when it changes. */
  next(source: FactSource): { readonly id: ConnectionId; readonly facts: HandshakeFacts } | undefined {
    for (const id of this.#ids) {
      this.#ids.delete(id)
      const connection = source.connection(id)
      if (connection && !connection.closed && connection.client.secureAt === undefined) continue
      if (source.facts(id)?.clientJa4 !== undefined) continue
      const facts = factsOf(source, id, this.#sessions)
      if (facts) return { id, facts }
    }
    return undefined
  }
}
