import type { Agreed, ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { TapeListener } from '../tape/recording.ts'
import type { LegCapture, WireChunk } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import { readHellos } from '../wire/tls/hellos.ts'
import { cipherSuites } from '../wire/tls/registry/cipher-suites.ts'
import { nameOf } from '../wire/tls/registry/names.ts'
import type { AppKeys } from './app-keys.ts'

/** Bytes of a connection that are kept to be opened, and of all together. */
const mostOpenable = 16 * 1024 * 1024
const mostOfAll = 128 * 1024 * 1024

// each reading begins at the beginning: what is long is read when it has grown, or now and then
const short = 262_144 // bytes
const growth = 1.25
const patience = 500 // ms

const mostTries = 16 // what passes through has shown its hello, or has none that can be read

interface Kept {
  readonly chunks: Record<Direction, WireChunk[]>
  bytes: number
  /** Bytes at the last reading, and when that was. */
  read: number
  readAt: number
  tlsStartsAt: LegCapture['tlsStartsAt']
  random: Uint8Array | undefined
  /** How often that was looked for. */
  tries: number
  isPassedThrough: boolean
  /** Nothing more is kept: what follows cannot be opened. */
  full: boolean
  /** Key log lines and pieces of content that were told. */
  lines: number
  told: number
  secured: boolean
}

/** What is told of a connection that an app's own keys open. */
export interface OpenedSink extends Pick<TapeListener, 'event' | 'content' | 'contentEnd'> {
  keyLog(id: ConnectionId, leg: LegName, line: string): void
}

/**
 * Connections that pass through unopened, whose apps write their secrets down themselves (--app-keylog): what they carry is
 * told as if it had been decrypted on the way. There is one session, seen on the client leg.
 */
export class OpenedLater {
  readonly #keys: AppKeys
  readonly #sink: OpenedSink
  readonly #kept = new Map<ConnectionId, Kept>()
  #bytes = 0

  constructor(keys: AppKeys, sink: OpenedSink) {
    this.#keys = keys
    this.#sink = sink
  }

  /** Before anybody else hears of the event. */
  event(id: ConnectionId, event: ConnectionEvent): void {
    if (event.type === 'opened') this.#kept.set(id, newKept())
    const kept = this.#kept.get(id)
    if (!kept) return
    if (event.type === 'tls-started' && event.leg === 'client') kept.tlsStartsAt = event
    if (event.type === 'treated') kept.isPassedThrough = event.treatment === 'pass-through'
    if (event.type === 'treated' && !kept.isPassedThrough) this.#forget(id, kept)
    if (event.type === 'leg-closed' && event.leg === 'client') this.#end(id, kept, event.closed.at)
    if (event.type === 'closed') this.#forget(id, kept)
  }

  /** Bytes of a client leg below TLS, which may be used again. */
  wire(id: ConnectionId, direction: Direction, { at, offset, bytes }: WireChunk): void {
    const kept = this.#kept.get(id)
    if (!kept || kept.full) return
    kept.full = kept.bytes + bytes.length > mostOpenable || this.#bytes + bytes.length > mostOfAll
    if (kept.full) return
    kept.chunks[direction].push({ at, offset, bytes: Buffer.from(bytes) })
    kept.bytes += bytes.length
    this.#bytes += bytes.length
  }

  /** Whether more has come of a connection whose keys are known. */
  get isBehind(): boolean {
    return [...this.#kept.values()].some(({ lines, bytes, read }) => lines > 0 && bytes > read)
  }

  /** Tells what has come since the last time, of connections whose keys are known. */
  openAll(at: number): void {
    for (const [id, kept] of this.#kept) {
      if (kept.isPassedThrough && (isDue(kept, at) || this.#newLines(kept).length > 0)) this.#open(id, kept, at)
    }
  }

  #end(id: ConnectionId, kept: Kept, at: number): void {
    if (!kept.isPassedThrough) return
    this.#open(id, kept, at)
    if (!kept.secured || kept.full) return
    for (const direction of ['to-server', 'to-client'] as const)
      this.#sink.contentEnd({ connection: id, leg: 'client', direction }, at)
  }

  #forget(id: ConnectionId, kept: Kept): void {
    this.#bytes -= kept.bytes
    this.#kept.delete(id)
  }

  #newLines(kept: Kept): readonly string[] {
    if (!kept.random && kept.tries++ < mostTries) kept.random = readHellos(captureOf(kept, [])).clientHello?.random
    return kept.random ? this.#keys.linesFor(kept.random).slice(kept.lines) : []
  }

  #open(id: ConnectionId, kept: Kept, at: number): void {
    for (const line of this.#newLines(kept)) {
      kept.lines++
      for (const leg of ['client', 'upstream'] as const) this.#sink.keyLog(id, leg, line)
    }
    if (kept.lines === 0) return
    kept.read = kept.bytes
    kept.readAt = at
    let count = 0
    const found: (() => void)[] = []
    const handshake = dissect(captureOf(kept, this.#keys.linesFor(kept.random!)), {
      checks: false,
      fields: false,
      content: (direction, when, bytes) => {
        if (count++ < kept.told) return
        found.push(() => this.#sink.content({ connection: id, leg: 'client', direction }, when, bytes))
      },
    })
    if (count > 0 && !kept.secured) this.#secure(id, kept, handshake)
    for (const tell of found) tell()
    kept.told = count
  }

  #secure(id: ConnectionId, kept: Kept, handshake: Handshake): void {
    kept.secured = true
    const at = handshake.messages.findLast(({ name }) => name === 'finished')?.at ?? kept.readAt
    this.#sink.event(id, at, { type: 'secured', leg: 'client', at, agreed: agreedIn(handshake) })
  }
}

const isDue = ({ bytes, read, readAt }: Kept, at: number): boolean =>
  bytes > read && (bytes < short || bytes > read * growth || at - readAt > patience)

const newKept = (): Kept => ({
  ...{ chunks: { 'to-server': [], 'to-client': [] }, bytes: 0, read: 0, readAt: 0, random: undefined, tries: 0 },
  ...{ tlsStartsAt: { toServer: 0, toClient: 0 }, isPassedThrough: false, full: false, lines: 0, told: 0 },
  secured: false,
})

const captureOf = ({ chunks, tlsStartsAt }: Kept, keyLog: readonly string[]): LegCapture => ({
  ...{ chunks, tlsStartsAt, keyLog },
  headers: { 'to-server': [], 'to-client': [] },
})

/** As Node calls them. */
const versions: Readonly<Record<number, string>> = {
  768: 'SSLv3',
  769: 'TLSv1',
  770: 'TLSv1.1',
  771: 'TLSv1.2',
  772: 'TLSv1.3',
}

const agreedIn = ({ negotiated: { version = 0, cipherSuite, alpn, resumption } }: Handshake): Agreed => ({
  version: versions[version] ?? 'none',
  cipherSuite: cipherSuite === undefined ? 'none' : nameOf(cipherSuites, cipherSuite),
  ...(alpn !== undefined && { alpn }),
  resumed: resumption !== 'none',
})
