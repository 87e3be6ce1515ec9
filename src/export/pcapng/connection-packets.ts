import { type Connection, legOf } from '../../model/connection.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import { isWhole } from '../../model/link.ts'
import type { Direction, LegName } from '../../model/party.ts'
import type { Capture } from '../../store/capture.ts'
import { clearLane } from './clear-lane.ts'
import { contentOf } from './content/content-of.ts'
import { endsOf } from './ends.ts'
import { findings } from './findings.ts'
import { lengthsOf, type SourceOfLane, sentenceOn, sentenceOnKept } from './how-kept.ts'
import { type LaneBytes, laneBytes, mostMissing } from './lane-bytes.ts'
import { type LanePiece, type LegPacket, LegWriter } from './leg-writer.ts'
import { inOrderOfTime } from './merge.ts'
import { sealedAnew } from './sealed-anew.ts'
import { belowTlsOf, LaneEnds, type Survey } from './survey.ts'

const legs: readonly LegName[] = ['client', 'upstream']
const none = new Uint8Array()
const directions: readonly Direction[] = ['to-server', 'to-client']

/** The bytes of one leg, and what became of them. */
interface LegBytes {
  readonly lanes: Readonly<Record<Direction, Iterable<LaneBytes>>>
  readonly how: readonly string[]
  readonly lengths: Readonly<Record<Direction, number>> | undefined
}

/** The packets of both legs of a connection, in the order of their time. `ids`: of its exchanges, in order. */
export function* connectionPackets(
  capture: Capture,
  connection: Connection,
  ids: readonly ExchangeId[],
  known: Survey,
): Generator<LegPacket> {
  const areKept = !known.hasHeaders && legs.every(leg => known.speaksTls[leg] || carriesNothing(connection, leg))
  const bytes = areKept ? undefined : bytesOf(capture, connection, ids, known)
  const source = { facts: capture.facts, legCapture: (_: number, leg: LegName) => beginningOf(known, leg) }
  const notes = findings(
    areKept ? source : capture,
    connection,
    leg => bytes?.[leg]?.how ?? [sentenceOnKept(known.missing[leg])],
  )
  const writers = legs.flatMap(leg => {
    const lengths = bytes ? bytes[leg]?.lengths : lengthsOf(connection, leg)
    const writer = LegWriter.of(connection, leg, notes[leg], lengths)
    return writer ? [{ leg, writer }] : []
  })
  for (const piece of bytes ? pieces(bytes) : wholePieces(capture, connection)) {
    const due = writers.filter(({ writer }) => writer.isDue(piece.at))
    if (due.length > 0) yield* inOrderOfTime(due.map(({ writer }) => writer.until(piece.at)))
    const own = writers.find(({ leg }) => leg === piece.leg)
    if (own) yield* own.writer.take(piece)
  }
  yield* inOrderOfTime(writers.map(({ writer }) => writer.finish(connection.closed?.at)))
}

function carriesNothing(connection: Connection, leg: LegName): boolean {
  const lengths = lengthsOf(connection, leg)
  return (
    endsOf(connection, leg) === undefined ||
    (lengths !== undefined && lengths['to-server'] + lengths['to-client'] === 0)
  )
}

const beginningOf = ({ beginnings }: Survey, leg: LegName): Survey['beginnings'][LegName] | undefined => {
  const { chunks } = beginnings[leg]
  return directions.some(direction => chunks[direction].length > 0) ? beginnings[leg] : undefined
}

/** Ciphertext was kept: it is handed on as it is read; of what is missing there is the length. */
function* wholePieces(capture: Capture, { id }: Connection): Generator<LanePiece> {
  const ends = new LaneEnds()
  for (const entry of belowTlsOf(capture, id)) {
    if (entry.kind !== 'wire') continue
    const { leg, direction, chunk } = entry
    const { at, offset, bytes } = chunk
    const end = ends.take(entry)
    if (ends.missing[leg] > mostMissing) return
    if (offset > end) yield { leg, direction, at, offset: end, bytes: none, length: offset - end }
    const fresh = bytes.subarray(Math.max(0, end - offset))
    if (fresh.length > 0)
      yield { leg, direction, at, offset: Math.max(end, offset), bytes: fresh, length: fresh.length }
  }
}

function bytesOf(
  capture: Capture,
  connection: Connection,
  ids: readonly ExchangeId[],
  known: Survey,
): Readonly<Partial<Record<LegName, LegBytes>>> {
  const content = contentOf(capture, connection, ids)
  const found: Partial<Record<LegName, LegBytes>> = {}
  for (const leg of legs) {
    if (!legOf(connection, leg)) continue
    found[leg] = legBytes(capture, connection, leg, known, direction => content(leg, direction))
  }
  return found
}

const nothing = { 'to-server': [], 'to-client': [] }

function legBytes(
  capture: Capture,
  connection: Connection,
  leg: LegName,
  known: Survey,
  content: Parameters<typeof sealedAnew>[1],
): LegBytes {
  const facts = legOf(connection, leg)
  const kept = capture.legCapture(connection.id, leg)
  const chunks = kept?.chunks ?? nothing
  const total = lengthsOf(connection, leg)
  const closedAt = facts?.closed?.at ?? connection.closed?.at ?? connection.openedAt
  const sources: Partial<Record<Direction, SourceOfLane>> = {}
  const lanes: Partial<Record<Direction, Iterable<LaneBytes>>> = {}
  const lengths: Partial<Record<Direction, number>> = {}
  const { tlsStartsAt } = facts ?? {}
  const keyLog = isWhole(connection) ? known.keys : (kept?.keyLog ?? [])
  const sealed = kept && known.speaksTls[leg] ? sealedAnew({ ...kept, keyLog }, content) : undefined
  for (const direction of directions) {
    if (sealed) {
      const { overlays, anew } = sealed.lanes[direction]
      lanes[direction] = laneBytes(chunks[direction], overlays, { offset: total?.[direction] ?? 0, at: closedAt })
      sources[direction] = anew ?? 'kept'
      continue
    }
    const start = direction === 'to-server' ? tlsStartsAt?.toServer : tlsStartsAt?.toClient
    const clear = clearLane(chunks[direction], content(direction), { start, total: total?.[direction], closedAt })
    lanes[direction] = clear.bytes
    lengths[direction] = clear.length
    sources[direction] = { ...clear.anew, clear: true }
  }
  return {
    lanes: lanes as LegBytes['lanes'],
    how: directions.map(direction => sentenceOn(sources[direction]!, direction)),
    lengths: sealed ? total : (lengths as LegBytes['lengths']),
  }
}

function pieces(bytes: Readonly<Partial<Record<LegName, LegBytes>>>): Iterable<LanePiece> {
  const lanes = legs.flatMap(leg =>
    directions.flatMap(direction => {
      const lane = bytes[leg]?.lanes[direction]
      return lane ? [piecesOf(lane, leg, direction)] : []
    }),
  )
  return inOrderOfTime(lanes)
}

/** A time before that of the bytes before it is theirs: no record comes before the one that it follows. */
function* piecesOf(lane: Iterable<LaneBytes>, leg: LegName, direction: Direction): Generator<LanePiece> {
  let at = 0
  for (const bytes of lane) {
    at = Math.max(at, bytes.at)
    yield { ...bytes, at, leg, direction }
  }
}
