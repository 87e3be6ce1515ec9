import { type Connection, type ConnectionId, legOf } from '../../model/connection.ts'
import type { Direction, LegName } from '../../model/party.ts'
import type { BelowTls } from '../../store/below-tls.ts'
import type { Capture } from '../../store/capture.ts'
import type { LegCapture, WireChunk } from '../../wire/tls/capture.ts'
import { ticketKeyLabel } from '../../wire/tls/key-log.ts'
import { readRecords } from '../../wire/tls/record-reader.ts'

type Source = Pick<Capture, 'belowTls'>

/** Everything below TLS of a connection, in the order in which it was recorded. */
export function* belowTlsOf(source: Source, id: ConnectionId): Generator<BelowTls> {
  for (let from: number | undefined = 0; from !== undefined; ) {
    const { entries, next }: ReturnType<Source['belowTls']> = source.belowTls(id, from)
    yield* entries
    from = next
  }
}

/** What is known of a connection before its bytes are read for good. */
export interface Survey {
  /** Lines in NSS key log format that other programs know. */
  readonly keys: readonly string[]
  /** Some records are there as headers alone. */
  readonly hasHeaders: boolean
  /** How each leg began, as far as its handshake goes. */
  readonly beginnings: Readonly<Record<LegName, LegCapture>>
  /** Bytes of each leg that are neither there nor among the records of which there are headers. */
  readonly missing: Readonly<Record<LegName, number>>
  /** Whether there are TLS records where TLS was to begin. */
  readonly speaksTls: Readonly<Record<LegName, boolean>>
}

const longestBeginning = 128 * 1024 // bytes of a direction; no handshake is longer
const keyLine = /^[A-Z_0-9]{1,64} [0-9a-fA-F]{2,128} [0-9a-fA-F]{2,512}$/

export function survey(source: Source, connection: Connection): Survey {
  const keys: Record<LegName, string[]> = { client: [], upstream: [] }
  const lane = (): Record<Direction, WireChunk[]> => ({ 'to-server': [], 'to-client': [] })
  const chunks = { client: lane(), upstream: lane() }
  const ends = new LaneEnds()
  let hasHeaders = false
  for (const entry of belowTlsOf(source, connection.id)) {
    if (entry.kind === 'key') keys[entry.leg].push(entry.line)
    else if (entry.kind === 'header') hasHeaders = true
    else ends.take(entry)
    if (entry.kind === 'wire' && entry.chunk.offset < longestBeginning)
      chunks[entry.leg][entry.direction].push(entry.chunk)
  }
  const beginning = (leg: LegName): LegCapture => ({
    chunks: chunks[leg],
    headers: { 'to-server': [], 'to-client': [] },
    keyLog: keys[leg],
    tlsStartsAt: legOf(connection, leg)?.tlsStartsAt ?? { toServer: 0, toClient: 0 },
  })
  const beginnings = { client: beginning('client'), upstream: beginning('upstream') }
  return {
    keys: [...new Set([...keys.client, ...keys.upstream].filter(isPublic))],
    hasHeaders,
    missing: ends.missing,
    beginnings,
    speaksTls: { client: hasRecords(beginnings.client), upstream: hasRecords(beginnings.upstream) },
  }
}

/** Where each lane ends so far, and what is missing before that, where chunks come in their order. */
export class LaneEnds {
  readonly missing = { client: 0, upstream: 0 }
  readonly #ends = new Map<string, number>()

  /** Answers with where its lane ended before it. */
  take({ leg, direction, chunk }: Extract<BelowTls, { kind: 'wire' }>): number {
    const end = this.#ends.get(leg + direction) ?? 0
    this.missing[leg] += Math.max(0, chunk.offset - end)
    this.#ends.set(leg + direction, Math.max(end, chunk.offset + chunk.bytes.length))
    return end
  }
}

const isPublic = (line: string): boolean => keyLine.test(line) && !line.startsWith(ticketKeyLabel)

const hasRecords = (beginning: LegCapture): boolean =>
  readRecords(beginning, 'to-server').records.length > 0 || readRecords(beginning, 'to-client').records.length > 0
