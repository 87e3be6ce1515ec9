import type { FrameEntry } from '../../model/frame-entry.ts'
import { hasFieldBlock } from '../../wire/http2/field-fragment.ts'
import { type FrameFields, readFrameFields } from '../../wire/http2/frame-fields.ts'
import { flag, frameType } from '../../wire/http2/names.ts'
import { latin1 } from '../../wire/latin1.ts'
import type { Field } from '../../wire/reader.ts'
import { formatBytes, formatCount } from '../format.ts'
import { type DetailLine, treeLines } from '../handshake/message-detail.ts'
import { printable } from '../printable.ts'
import { type ExchangeRemark, waysAround } from '../ways-around.ts'
import type { FieldBlock } from './field-block.ts'
import { representationLines, tableLines } from './hpack-lines.ts'

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

const fragment = 'Field Block Fragment'

/** A frame as the lines of its tree, with the field block that it carries a part of. */
export function frameDetail(entry: FrameEntry, block?: FieldBlock): DetailLine[] {
  const { title, stream, flags, size } = frameRow(entry)
  const { fields, malformed } = frameFields(entry)
  const key = title.toLowerCase()
  const said = [`stream ${stream}`, flags, size].filter(Boolean).join(', ')
  const lines = treeLines(fields, 1, key).flatMap(line =>
    line.name === fragment && block ? blockLines(line, entry, block) : [line],
  )
  return [
    { indent: 0, name: title, shown: said, range: { start: 0, end: entry.length }, key },
    ...lines,
    ...(block ? tableLines(block, 1) : []),
    ...altSvcRemarks(entry).map(({ code, message }) => ({ indent: 1, name: '! note', shown: message, key: code })),
    ...(malformed ? [{ indent: 1, name: '✗ malformed', shown: printable(malformed.message), key: 'malformed' }] : []),
  ]
}

/** The line of a fragment, and below it what the whole block says. */
function blockLines(line: DetailLine, entry: FrameEntry, block: FieldBlock): DetailLine[] {
  const { lines, parts } = block
  const fields = lines.filter(({ kind }) => kind !== 'size-update').length
  const { start = 0, end = 0 } = line.range ?? {}
  const frames = parts.length > 1 && `of a block in frames ${parts[0]!.index + 1} to ${parts.at(-1)!.index + 1}`
  const counted = fields > 0 && `${formatCount(fields)} field ${fields === 1 ? 'line' : 'lines'}, H: Huffman-coded`
  const shown = [formatBytes(end - start), frames, counted].filter(Boolean).join(', ')
  return [{ ...line, shown }, ...representationLines(block, entry, line.indent + 1)]
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
  const [remark] = altSvcRemarks(entry)
  if (remark) return remark.message
  const { fields, malformed } = frameFields(entry)
  const said = fields.filter(({ name }) => name !== fragment).map(inShort)
  const detail = [...said, ...(malformed ? [malformed.message] : [])].filter(Boolean).join(', ')
  return printable(detail.length <= mostDetail ? detail : `${detail.slice(0, mostDetail)}…`)
}

/** An ALTSVC frame says what the header of the same name does (RFC 7838 4). */
function altSvcRemarks({ type, payload = new Uint8Array(0) }: FrameEntry): readonly ExchangeRemark[] {
  if (type !== frameType.altsvc || payload.length < 2) return []
  const origin = payload[0]! * 256 + payload[1]!
  return waysAround([['alt-svc', latin1(payload.subarray(2 + origin))]])
}

const plain: ReadonlySet<string> = new Set(['Setting', 'Error Code', 'Opaque Data', 'Origin-Entry', 'Content'])

const inShort = ({ name, shown }: Field): string =>
  plain.has(name) ? shown : shown === '' ? '' : `${name === 'Window Size Increment' ? '+' : `${name} `}${shown}`

/** The fields of a frame as a tree, as far as its payload was kept; offsets count in the payload. DATA stands in its body. */
export function frameFields(entry: FrameEntry): FrameFields {
  const { type, flags, length, payload = new Uint8Array(0) } = entry
  if (type === frameType.data) return { fields: missing('Data', 0, length, 'in the body') }
  if (payload.length >= length) return readFrameFields(entry, payload)
  if (flags & flag.padded && hasFieldBlock(type))
    return { fields: missing('Payload', 0, length, `${formatBytes(payload.length)} of it kept`) }
  const { fields } = readFrameFields(entry, payload)
  return { fields: [...fields, ...missing('Rest', payload.length, length, 'not kept')] }
}

const missing = (name: string, start: number, end: number, where: string): Field[] =>
  end > start ? [{ name, start, end, shown: `${formatBytes(end - start)}, ${where}` }] : []
