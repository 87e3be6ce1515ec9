import type { Connection, ConnectionId } from '../model/connection.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import { BoundedMap } from '../wire/bounded-map.ts'
import type { Handshake } from '../wire/tls/handshake.ts'

const mostClients = 10_000
const mostSisters = 8

/** One program and the server that it asks for; undefined where the program cannot be told from others. */
export function pairOf({ process, client, target, serverName }: Connection): string | undefined {
  const address = client.remote?.address ?? ''
  const isLocal = /^(::1|(::ffff:)?127\.)/.test(address)
  const who = process ? `pid ${process.pid}` : isLocal || address === '' ? undefined : address
  if (who === undefined || !target) return undefined
  return `${who} ${hostAndPort(target)} ${serverName ?? ''}`
}

/** Whether the client said more than its handshake: then it accepted what it was shown. */
export const hasSpoken = (client: Handshake | undefined): boolean =>
  client?.outcome === 'established' &&
  client.records.some(
    ({ direction, type, innerType }) =>
      direction === 'to-server' && type === applicationData && (innerType === undefined || innerType === type),
  )

const applicationData = 23

/** Connections that one program has to one server: what it does on one says how to read another. */
export class Sisters {
  readonly #newest = new BoundedMap<string, ConnectionId[]>(mostClients)
  readonly #left = new BoundedMap<ConnectionId, string>(mostClients)

  /** Whether one that works may acquit another. */
  get someLeft(): boolean {
    return this.#left.size > 0
  }

  /** One that works. */
  add(connection: Connection): void {
    const pair = pairOf(connection)
    if (pair === undefined) return
    const ids = this.#newest.get(pair) ?? []
    if (!ids.includes(connection.id)) this.#newest.set(pair, [...ids.slice(1 - mostSisters), connection.id])
  }

  /** The others of the same program and server that work, newest last. */
  of(connection: Connection): readonly ConnectionId[] {
    const pair = pairOf(connection)
    const ids = pair === undefined ? undefined : this.#newest.get(pair)
    return ids?.filter(id => id !== connection.id) ?? []
  }

  /** The client left this one without a word, and no sister had worked by then. */
  leave(connection: Connection): void {
    const pair = pairOf(connection)
    if (pair !== undefined) this.#left.set(connection.id, pair)
  }

  /** This one works: the sisters that were left before. Each is told once. */
  acquit(connection: Connection): ConnectionId[] {
    const pair = pairOf(connection)
    if (pair === undefined || this.#left.size === 0) return []
    const ids = [...this.#left].filter(([, left]) => left === pair).map(([id]) => id)
    for (const id of ids) this.#left.delete(id)
    return ids
  }
}
