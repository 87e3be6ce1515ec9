import type { Exchange, Header, Side } from '../../model/exchange.ts'
import { type Body, type BodyView, openBody, showBody } from '../../view/body/choose.ts'
import type { ProtoSchema } from '../../view/body/grpc.ts'
import type { BodyLine } from '../../view/body/outline.ts'
import { formatBytes, formatSize } from '../../view/format.ts'
import { hexLines } from '../../view/hex-lines.ts'
import { printable } from '../../view/printable.ts'
import { keepLast } from '../kept.ts'
import { line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import type { World } from '../state/state.ts'
import { type DocumentRow, foldingRows, plainRow } from './body-rows.ts'
import type { FlowScreen } from './state.ts'

/** No more of a body than this is in memory at once. */
export const partBytes = 1024 * 1024
const mostLines = 20_000

export interface Wanted {
  readonly exchange: Exchange
  readonly side: Side
  /** One of the body's kinds; the best where absent, or where this part of the body has no such kind. */
  readonly kind?: string | undefined
  readonly part: number
  readonly flipped: ReadonlySet<string>
  readonly columns: number
  readonly schema?: ProtoSchema | undefined
}

/** How many parts a body has; one at least. */
export const bodyParts = (source: FlowSource, id: number, side: Side): number =>
  Math.max(1, Math.ceil(source.bodyLength(id, side) / partBytes))

/** The ways in which this part can be shown, the best first. Of a later part nothing but the bytes is known. */
export function kindsOf(source: FlowSource, wanted: Pick<Wanted, 'exchange' | 'side' | 'part'>): readonly string[] {
  if (source.bodyLength(wanted.exchange.id, wanted.side) === 0) return []
  return keptPart(source, wanted).kinds
}

/** The ways to show the body of the tab that is shown, the best first. */
export function viewsOf(screen: FlowScreen, { source }: World): readonly string[] {
  const exchange = source.exchange(screen.id)
  const { tab: side, part } = screen
  return exchange && (side === 'request' || side === 'response') ? kindsOf(source, { exchange, side, part }) : []
}

interface Drawn extends Wanted {
  readonly length: number
  readonly rows: readonly DocumentRow[]
}

/** A part of a body as rows, below one that says what is seen. The last answer is kept. */
export function bodyPart(source: FlowSource, wanted: Wanted): readonly DocumentRow[] {
  const length = source.bodyLength(wanted.exchange.id, wanted.side)
  const holds = (last: Drawn): boolean => last.length === length && isSame(last, wanted)
  return keepLast<Drawn>(source, 'rows of a body', holds, () => {
    const rows = length === 0 ? noBody(wanted) : partRows(source, wanted, length)
    return { ...wanted, length, rows: [...rows.slice(0, 1), ...lossRows(source, wanted), ...rows.slice(1)] }
  }).rows
}

const isSame = (a: Wanted, b: Wanted): boolean =>
  a.exchange.id === b.exchange.id &&
  a.exchange[a.side]?.bodyBytes === b.exchange[a.side]?.bodyBytes &&
  standing(a.exchange, a.side) === standing(b.exchange, b.side) &&
  sameFolds(a.flipped, b.flipped) &&
  (['side', 'kind', 'part', 'columns', 'schema'] as const).every(key => a[key] === b[key])

/** Folds of the head change no row of the body, and a search asks with sets of its own. */
function sameFolds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true
  const ofBody = (keys: ReadonlySet<string>) => [...keys].filter(key => key.startsWith('body '))
  const [ours, theirs] = [ofBody(a), ofBody(b)]
  return ours.length === theirs.length && ours.every(key => b.has(key))
}

function noBody({ exchange, side }: Wanted): readonly DocumentRow[] {
  const bytes = exchange[side]?.bodyBytes ?? 0
  const what = bytes > 0 ? ` body: ${formatBytes(bytes)}, not kept` : ' no body'
  return [plainRow(line(span(what + standing(exchange, side), 'dim')))]
}

/** Why bytes that were kept are not here, and what to do about it. */
function lossRows(source: FlowSource, { exchange, side }: Wanted): readonly DocumentRow[] {
  const { message, remedy } = source.bodyProblem(exchange.id, side) ?? {}
  return [message, remedy].flatMap(text => (text ? [plainRow(line(span(printable(` ${text}`), 'warn')))] : []))
}

/** What there is to say of a body that has not ended. */
const standing = (exchange: Exchange, side: Side): string =>
  exchange[side]?.endedAt !== undefined ? '' : exchange.aborted ? ', cut off' : ' so far'

function partRows(source: FlowSource, wanted: Wanted, length: number): readonly DocumentRow[] {
  const { exchange, side, part, flipped, columns } = wanted
  const body = keptPart(source, wanted)
  const { kind, lines } = show(body, wanted)
  const parts = Math.ceil(length / partBytes)
  const where = parts > 1 ? `, part ${part + 1} of ${parts} (] and [)` : ''
  const dropped = exchange[side]?.bodyDropped ?? 0
  const lost = dropped > 0 ? `, ${formatSize(dropped)} of it not kept` : ''
  const charset = body.input.charset === undefined ? '' : ` ${body.input.charset}`
  const about = ` body: ${formatBytes(exchange[side]?.bodyBytes ?? length)}${standing(exchange, side)}${lost}${where}  ${kind}${kind === 'raw' ? '' : `${charset} ${body.note}`}`
  return [plainRow(line(span(printable(about.trimEnd()), 'dim'))), ...foldingRows('body', lines, flipped, columns)]
}

/** A part with its codings undone. The last answer is kept. */
function keptPart(source: FlowSource, wanted: Pick<Wanted, 'exchange' | 'side' | 'part'>): Body {
  const { exchange, side, part } = wanted
  const length = source.bodyLength(exchange.id, side)
  const key = [exchange.id, side, part, length].join(' ')
  const make = () => ({ key, body: readPart(source, wanted, length) })
  return keepLast(source, 'part of a body', last => last.key === key, make).body
}

/** The first part is read with what the head says of it; a later one starts in the middle of something. */
function readPart(
  source: FlowSource,
  { exchange, side, part }: Pick<Wanted, 'exchange' | 'side' | 'part'>,
  length: number,
): Body {
  const bytes = source.body(exchange.id, side, part * partBytes, partBytes)
  if (part === 0) return openBody(bytes, headersOf(exchange, side), length)
  return { ...openBody(bytes, []), kinds: ['raw', 'hex'], note: '' }
}

function show(body: Body, wanted: Wanted): BodyView {
  const { exchange, side, kind, part, schema } = wanted
  if (part > 0) return kind === 'hex' ? { kind, lines: hexFrom(body.raw, part * partBytes) } : showBody(body, 'raw')
  const call = { side, path: exchange.request.head.path, schema }
  return showBody(body, kind, { maxLines: mostLines, call })
}

const headersOf = (exchange: Exchange, side: Side): readonly Header[] => exchange[side]?.head.headers ?? []

const hexFrom = (bytes: Uint8Array, from: number): readonly BodyLine[] =>
  hexLines(bytes.subarray(0, mostLines * 16)).map(({ offset, text }) => ({
    text: (from + offset).toString(16).padStart(8, '0') + text.slice(8),
    depth: 0,
  }))
