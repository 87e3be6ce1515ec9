import type { ConnectionId } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import type { Door } from '../packets/connection-door.ts'
import { EntryCutter } from './entry-cutter.ts'
import type { Unchecked } from './json.ts'
import { type Entry, readEntry } from './read-entry.ts'

/** What came of a HAR file. */
export interface HarTold {
  readonly entries: number
  /** Entries without a URL of HTTP, or that are no JSON, or too long. */
  readonly unread: number
  /** The list of entries came to its end. */
  readonly whole: boolean
}

const mostConnections = 1000 // a browser has some hundreds open

interface Open {
  readonly id: ConnectionId
  endedAt: number
}

/** Reads the entries of a HAR file into the recorder, in flat memory. Stops after each piece of the file. */
export async function* importHar(pieces: AsyncIterable<Uint8Array>, door: Door): AsyncGenerator<number, HarTold> {
  const archive = new Archive(door)
  let [entries, unread] = [0, 0]
  const cutter = new EntryCutter(json => {
    const entry = readEntry(parsed(json))
    if (entry) {
      entries++
      archive.add(entry)
    } else unread++
  })
  for await (const piece of pieces) {
    cutter.push(piece)
    yield piece.length
  }
  archive.end()
  return { entries, unread: unread + cutter.leftOut, whole: cutter.isWhole }
}

function parsed(json: string): Unchecked {
  try {
    return JSON.parse(json) as Unchecked
  } catch {
    return undefined
  }
}

/** The connections that entries tell of. */
class Archive {
  readonly #door: Door
  readonly #open = new Map<string, Open>()
  readonly #streams = new BoundedMap<ConnectionId, number>(mostConnections)

  constructor(door: Door) {
    this.#door = door
  }

  add(entry: Entry): void {
    const open = this.#connectionOf(entry)
    open.endedAt = Math.max(open.endedAt, entry.endedAt)
    const exchange = this.#door.exchange(open.id, entry.request.at, entry.request.head, this.#streamOf(open.id, entry))
    if (!exchange) return
    const { request, response, informational, aborted, messages, isWebSocket } = entry
    if (request.body.length > 0) exchange.event({ type: 'body', side: 'request', at: request.at, bytes: request.body })
    exchange.event({ type: 'ended', side: 'request', at: request.endedAt, ...trailersOf(request.trailers) })
    for (const head of informational) exchange.event({ type: 'informational', head })
    if (response) {
      exchange.event({ type: 'response-head', at: response.at, head: response.head })
      if (response.body.length > 0)
        exchange.event({ type: 'body', side: 'response', at: response.at, bytes: response.body })
    }
    if (isWebSocket && response) exchange.event({ type: 'upgraded', protocol: 'websocket' })
    for (const message of messages) exchange.message(message)
    if (aborted) exchange.event({ type: 'aborted', ...aborted })
    else exchange.event({ type: 'ended', side: 'response', at: entry.endedAt, ...trailersOf(response?.trailers ?? []) })
    exchange.end()
  }

  end(): void {
    for (const open of this.#open.values()) this.#close(open)
    this.#open.clear()
  }

  #connectionOf(entry: Entry): Open {
    const { connection, target, secure } = entry
    const key = connection === undefined ? undefined : `${connection} ${secure} ${target.host}:${target.port}`
    const known = key === undefined ? undefined : this.#open.get(key)
    if (known) return known
    const open = this.#begin(entry)
    this.#open.set(key ?? `alone ${open.id}`, open)
    if (this.#open.size > mostConnections) this.#closeOldest()
    return open
  }

  #begin({ startedAt, connectedAt, serverAddress, target, secure, agreed, request }: Entry): Open {
    const id = this.#door.nextId()
    const { recording } = this.#door
    const local = serverAddress === undefined ? {} : { local: { address: serverAddress, port: target.port } }
    recording.event(id, startedAt, { type: 'opened', at: startedAt, sniffed: true, ...local })
    recording.event(id, startedAt, { type: 'targeted', entrance: 'transparent', target })
    if (secure) recording.event(id, connectedAt, { type: 'secured', leg: 'client', at: connectedAt, agreed })
    const protocol = request.head.version === 'HTTP/2' ? 'h2' : request.head.version.toLowerCase()
    recording.event(id, connectedAt, { type: 'protocol-known', protocol })
    return { id, endedAt: startedAt }
  }

  /** Of HTTP/2: the file's own number, or the next that a client would take. */
  #streamOf(id: ConnectionId, { stream, request }: Entry): number | undefined {
    if (request.head.version !== 'HTTP/2') return undefined
    const last = this.#streams.get(id) ?? -1
    const next = stream !== undefined && stream > last ? Math.trunc(stream) : last + 2
    this.#streams.set(id, next)
    return next
  }

  #closeOldest(): void {
    const [key, open] = this.#open.entries().next().value!
    this.#open.delete(key)
    this.#close(open)
  }

  #close({ id, endedAt }: Open): void {
    this.#door.recording.event(id, endedAt, { type: 'closed', at: endedAt })
  }
}

const trailersOf = (trailers: Entry['request']['trailers']) => (trailers.length > 0 ? { trailers } : {})
