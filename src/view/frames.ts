import type { FrameEntry } from '../model/frame-entry.ts'
import { type FrameFields, readFrameFields } from '../wire/http2/frame-fields.ts'
import { flag, frameType } from '../wire/http2/names.ts'
import type { Field } from '../wire/reader.ts'
import { formatBytes } from './format.ts'
import { type DetailLine, treeLines } from './message-detail.ts'
import { printable } from './printable.ts'

/** A frame in one line. Every text is printable. */
export interface FrameRow {
  /** Of the entry; -1 for the preface. */
  readonly index: number
  /** ms since the epoch */
  readonly at: number
  readonly arrow: '→' | '←'
  /** `HEADERS` */
  readonly title: string
  /** 0 for the connection. */
  readonly stream: number
  /** `END_STREAM|END_HEADERS`; empty for none. */
  readonly flags: string
  /** `45 B` */
  readonly size: string
  /** What a control frame says: `INITIAL_WINDOW_SIZE = 65535`; empty for the others. */
  readonly detail: string
  readonly tone?: 'bad' | 'dim'
}

/** The rows of a part of the log. The preface stands before the client's first frame, where that is among them. */
export function frameRows(entries: readonly FrameEntry[]): FrameRow[] {
  const first = entries.findIndex(({ direction, index }) => direction === 'to-server' && index <= 1)
  const rows = entries.map(frameRow)
  const entry = entries[first]
  return entry ? [...rows.slice(0, first), prefaceRow(entry.at), ...rows.slice(first)] : rows
}

const prefaceRow = (at: number): FrameRow => ({
  index: -1,
  at,
  arrow: '→',
  title: 'preface',
  stream: 0,
  flags: '',
  size: '24 B',
  detail: 'PRI * HTTP/2.0 (RFC 9113 3.4)',
  tone: 'dim',
})

export function frameRow(entry: FrameEntry): FrameRow {
  const { index, at, direction, typeName, stream, flagNames, length } = entry
  const tone = toneOf(entry)
  return {
    index,
    at,
    arrow: direction === 'to-server' ? '→' : '←',
    title: printable(typeName),
    stream,
    flags: flagNames.join('|'),
    size: formatBytes(length),
    detail: detailOf(entry),
    ...(tone && { tone }),
  }
}

/** A frame as the lines of its tree. */
export function frameDetail(entry: FrameEntry): DetailLine[] {
  const { title, stream, flags, size } = frameRow(entry)
  const { fields, malformed } = frameFields(entry)
  const key = title.toLowerCase()
  const said = [`stream ${stream}`, flags, size].filter(Boolean).join(', ')
  return [
    { indent: 0, name: title, shown: said, key },
    ...treeLines(fields, 1, key),
    ...(malformed ? [{ indent: 1, name: '✗ malformed', shown: printable(malformed.message), key: 'malformed' }] : []),
  ]
}

/** `→ HEADERS stream 1 END_STREAM|END_HEADERS 45 B` */
export const frameText = ({ arrow, title, stream, flags, size, detail }: FrameRow): string =>
  [arrow, title, stream > 0 && `stream ${stream}`, flags, size, detail && ` ${detail}`].filter(Boolean).join(' ')

function toneOf({ type, payload }: FrameEntry): FrameRow['tone'] {
  if (type === frameType.rstStream) return 'bad'
  if (type === frameType.goaway) return payload?.subarray(4, 8).some(byte => byte !== 0) ? 'bad' : 'dim'
  return type === frameType.windowUpdate || type === frameType.ping ? 'dim' : undefined
}

const described: ReadonlySet<number> = new Set([
  ...[frameType.priority, frameType.rstStream, frameType.settings, frameType.pushPromise, frameType.ping],
  ...[frameType.goaway, frameType.windowUpdate, frameType.altsvc, frameType.origin, frameType.priorityUpdate],
])
const mostDetail = 200

function detailOf(entry: FrameEntry): string {
  if (!described.has(entry.type) || !entry.payload) return ''
  const { fields, malformed } = frameFields(entry)
  const said = fields.filter(({ name }) => name !== 'Field Block Fragment').map(inShort)
  const detail = [...said, ...(malformed ? [malformed.message] : [])].filter(Boolean).join(', ')
  return printable(detail.length <= mostDetail ? detail : `${detail.slice(0, mostDetail)}…`)
}

const plain: ReadonlySet<string> = new Set(['Setting', 'Error Code', 'Opaque Data', 'Origin-Entry', 'Content'])

const inShort = ({ name, shown }: Field): string =>
  plain.has(name) ? shown : shown === '' ? '' : `${name === 'Window Size Increment' ? '+' : `${name} `}${shown}`

/**
 * The fields of a frame as a tree, as far as its payload was kept; offsets count in the payload. A field block's fields
 * stand in the exchange, DATA in its body.
 */
export function frameFields(entry: FrameEntry): FrameFields {
  const { type, flags, length, payload = new Uint8Array(0) } = entry
  if (type === frameType.data) return { fields: elsewhere('Data', 0, length, 'in the body') }
  if (type === frameType.continuation)
    return { fields: elsewhere('Field Block Fragment', 0, length, 'decoded in the exchange') }
  if (type === frameType.headers) return { fields: headersFields(flags, length, payload) }
  if (payload.length >= length) return readFrameFields(entry, payload)
  const { fields } = readFrameFields(entry, payload)
  return { fields: [...fields, ...elsewhere('Rest', payload.length, length, 'not kept')] }
}

const elsewhere = (name: string, start: number, end: number, where: string): Field[] =>
  end > start ? [{ name, start, end, shown: `${formatBytes(end - start)}, ${where}` }] : []

/** HEADERS of which what stands before the field block was kept. */
function headersFields(flags: number, length: number, payload: Uint8Array): Field[] {
  const padded = (flags & flag.padded) !== 0
  const padding = padded ? (payload[0] ?? 0) : 0
  const from = padded ? 1 : 0
  const header = { type: frameType.headers, flags: flags & flag.priority, stream: 1, length: payload.length - from }
  const before = readFrameFields(header, payload.subarray(from)).fields.filter(({ name }) => !name.startsWith('Field'))
  const end = Math.max(payload.length, length - padding)
  return [
    ...(padded ? [{ name: 'Pad Length', start: 0, end: 1, shown: String(padding) }] : []),
    ...before.map(field => ({ ...field, start: field.start + from, end: field.end + from })),
    ...elsewhere('Field Block Fragment', payload.length, end, 'decoded in the exchange'),
    ...(padding > 0 && end < length ? elsewhere('Padding', end, length, 'not kept') : []),
  ]
}
