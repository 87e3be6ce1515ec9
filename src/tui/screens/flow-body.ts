import type { Exchange, Header, Side } from '../../model/exchange.ts'
import { renderBody } from '../../view/body/choose.ts'
import { decodeBody } from '../../view/body/decode.ts'
import { formatBytes, formatSize } from '../../view/format.ts'
import { hexLines } from '../../view/hex-lines.ts'
import { printable, printableLines } from '../../view/printable.ts'
import { chop, type Line, line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import type { BodyMode } from '../state/state.ts'

/** No more of a body than this is in memory at once. */
export const partBytes = 1024 * 1024
const mostLines = 20_000

interface Wanted {
  readonly exchange: Exchange
  readonly side: Side
  readonly mode: BodyMode
  readonly part: number
  readonly columns: number
}

const lately = new WeakMap<FlowSource, { readonly key: string; readonly lines: readonly Line[] }>()

/** How many parts a body has; one at least. */
export const partsOf = (source: FlowSource, id: number, side: Side): number =>
  Math.max(1, Math.ceil(source.bodyLength(id, side) / partBytes))

/** A part of a body as lines, below a line that says what is seen. The last answer is kept. */
export function bodyLines(source: FlowSource, wanted: Wanted): readonly Line[] {
  const { exchange, side, mode, part, columns } = wanted
  const length = source.bodyLength(exchange.id, side)
  const key = [exchange.id, side, mode, part, columns, length, exchange[side]?.bodyBytes].join(' ')
  const known = lately.get(source)
  if (known?.key === key) return known.lines
  const lines = length === 0 ? noBody(exchange, side) : partLines(source, wanted, length)
  lately.set(source, { key, lines })
  return lines
}

function noBody(exchange: Exchange, side: Side): readonly Line[] {
  const bytes = exchange[side]?.bodyBytes ?? 0
  return [line(span(bytes > 0 ? ` body: ${formatBytes(bytes)}, not kept` : ' no body', 'dim'))]
}

function partLines(
  source: FlowSource,
  { exchange, side, mode, part, columns }: Wanted,
  length: number,
): readonly Line[] {
  const from = part * partBytes
  const bytes = source.body(exchange.id, side, from, partBytes)
  const headers = exchange[side]?.head.headers ?? []
  const shown = mode === 'pretty' ? pretty(bytes, headers) : mode === 'raw' ? raw(bytes) : hex(bytes, from)
  const parts = Math.ceil(length / partBytes)
  const where = parts > 1 ? `, part ${part + 1} of ${parts} (] and [)` : ''
  const dropped = exchange[side]?.bodyDropped ?? 0
  const lost = dropped > 0 ? `, ${formatSize(dropped)} of it not kept` : ''
  const about = ` body: ${formatBytes(exchange[side]?.bodyBytes ?? length)}${lost}${where}  ${shown.note}`
  return [line(span(printable(about), 'dim')), ...chopped(shown.lines, columns)]
}

function chopped(lines: readonly string[], columns: number): readonly Line[] {
  const drawn: Line[] = []
  for (const text of lines) {
    for (const piece of chop(text, columns - 2)) drawn.push(line(` ${piece}`))
    if (drawn.length > mostLines) return [...drawn.slice(0, mostLines), line(span(' … more lines', 'dim'))]
  }
  return drawn
}

interface Shown {
  readonly note: string
  readonly lines: readonly string[]
}

function pretty(bytes: Uint8Array, headers: readonly Header[]): Shown {
  const decoded = decodeBody(bytes, headerValue(headers, 'content-encoding'), { maxBytes: 8 * partBytes })
  const { kind, lines } = renderBody(decoded.bytes, headerValue(headers, 'content-type'), mostLines)
  const coded = decoded.undone.length > 0 ? ` decoded from ${decoded.undone.join(', ')}` : ''
  return { note: `${kind}${coded}${decoded.problem ? `; ${decoded.problem}` : ''}`, lines }
}

const raw = (bytes: Uint8Array): Shown => ({ note: 'raw', lines: printableLines(new TextDecoder().decode(bytes)) })

const hex = (bytes: Uint8Array, from: number): Shown => ({
  note: 'hex',
  lines: hexLines(bytes.subarray(0, mostLines * 16)).map(
    ({ offset, text }) => (from + offset).toString(16).padStart(8, '0') + text.slice(8),
  ),
})

function headerValue(headers: readonly Header[], wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}
