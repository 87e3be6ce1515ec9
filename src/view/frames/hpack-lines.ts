import type { FrameEntry } from '../../model/frame-entry.ts'
import type { Representation, StringLiteral } from '../../wire/http2/hpack/representation.ts'
import { staticTable } from '../../wire/http2/hpack/static-table.ts'
import { formatBytes, formatCount } from '../format.ts'
import type { DetailLine } from '../handshake/message-detail.ts'
import { printable } from '../printable.ts'
import { pad } from '../width.ts'
import type { FieldBlock, Table } from './field-block.ts'

const mostEntries = 1000
const mostShown = 4000 // characters; the exchange has the whole field

interface Place {
  readonly indent: number
  readonly key: string
  /** The bytes of the block as places in the frame that is open. */
  readonly range: (start: number, end: number) => DetailLine['range']
}

/** Each line of a field block, with how it stood there; places count in the payload of `entry`. */
export function representationLines(block: FieldBlock, entry: FrameEntry, indent: number): DetailLine[] {
  const part = block.parts.find(({ index }) => index === entry.index)
  const place: Place = {
    indent,
    key: 'field_block',
    range(start, end) {
      if (!part) return undefined
      const [from, to] = [Math.max(start, part.start), Math.min(end, part.start + part.length)]
      return from < to ? { start: from - part.start + part.at, end: to - part.start + part.at } : undefined
    },
  }
  const labels = block.lines.map(labelOf)
  const columns = Math.max(...labels.map(label => label.length))
  return [
    ...block.lines.flatMap((line, i) => oneLine(line, pad(labels[i]!, columns), place)),
    ...(block.problem === undefined ? [] : [said(place, '✗ not decoded', block.problem, 'malformed')]),
  ]
}

/** `3 entries, 164 of 4 096 octets` and below it the entries, the newest first. */
export function tableLines({ table, lines }: FieldBlock, indent: number): DetailLine[] {
  if (!table) return []
  const { entries, size, maxSize } = table
  const added = lines.filter(line => line.kind !== 'size-update' && line.added).length
  const evicted = lines.reduce((sum, line) => sum + line.evicted.length, 0)
  const count = `${formatCount(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}`
  const shown = `${count}, ${formatCount(size)} of ${formatCount(maxSize)} octets`
  const changes = [added > 0 && `${added} added`, evicted > 0 && `${evicted} evicted`].filter(Boolean)
  const place: Place = { indent: indent + 1, key: 'dynamic_table', range: () => undefined }
  const left = entries.length - mostEntries
  return [
    {
      indent,
      name: 'Dynamic table after the block',
      shown: changes.length > 0 ? `${shown}; ${changes.join(', ')}` : shown,
      key: 'dynamic_table',
    },
    ...entries.slice(0, mostEntries).map((entry, i) => entryLine(entry, i, i < added, place)),
    ...(left > 0 ? [said(place, `${left} more`, '', 'entry')] : []),
  ]
}

const firstDynamic = staticTable.length + 1

const entryLine = ([name, value]: Table['entries'][number], at: number, isNew: boolean, place: Place): DetailLine =>
  said(
    place,
    `${firstDynamic + at} ${isNew ? 'new' : '   '}`,
    `${pad(String(name.length + value.length + 32), 4, 'left')} octets  ${name}: ${value}`,
    'entry',
  )

const kinds = {
  indexed: 'indexed',
  incremental: 'incremental',
  'not-indexed': 'not indexed',
  'never-indexed': 'never indexed',
} as const

const entryName = (index: number): string => `${index < firstDynamic ? 'static' : 'dynamic'} ${index}`

/** `indexed, static 2`, `incremental, new name` */
const labelOf = (line: Representation): string =>
  line.kind === 'size-update'
    ? 'table size update'
    : `${kinds[line.kind]}, ${line.index === 0 ? 'new name' : entryName(line.index)}`

const titles = {
  indexed: 'Indexed Header Field (RFC 7541 6.1)',
  incremental: 'Literal Header Field with Incremental Indexing (RFC 7541 6.2.1)',
  'not-indexed': 'Literal Header Field without Indexing (RFC 7541 6.2.2)',
  'never-indexed': 'Literal Header Field Never Indexed (RFC 7541 6.2.3)',
  'size-update': 'Dynamic Table Size Update (RFC 7541 6.3)',
} as const

/** The field in one line, and folded away below it the parts of its representation. */
function oneLine(line: Representation, label: string, outer: Place): DetailLine[] {
  const { kind, start, end, evicted } = line
  const place = { ...outer, indent: outer.indent + 1, key: `${outer.key}/${kind}` }
  const size = pad(formatBytes(end - start), 6, 'left')
  const huffman = kind !== 'size-update' && (line.name?.huffman || line.value?.huffman) ? 'H' : ' '
  const what = kind === 'size-update' ? `${formatCount(line.size)} octets at most` : line.field.join(': ')
  return [
    said(outer, label, `${size} ${huffman}  ${what}`, kind, [start, end]),
    said(place, 'representation', titles[kind], 'representation', [start, start + 1]),
    ...(kind === 'size-update' ? [] : partLines(line, place)),
    ...evicted.map(([name, value]) => said(place, 'evicted', `${name}: ${value}`, 'evicted')),
  ]
}

function partLines(line: Exclude<Representation, { kind: 'size-update' }>, place: Place): DetailLine[] {
  const { kind, index, field, name, value, added } = line
  const table = `${index} of the ${index < firstDynamic ? 'static' : 'dynamic'} table`
  const taken = kind === 'indexed' ? 'name and value' : 'its name'
  return [
    ...(index > 0 ? [said(place, 'index', `${table}, ${taken}`, 'index')] : []),
    ...(name ? [stringLine('name', field[0], name, place)] : []),
    ...(value ? [stringLine('value', field[1], value, place)] : []),
    ...(kind !== 'incremental'
      ? []
      : [said(place, 'added', added ? `as ${entryName(firstDynamic)}` : 'no: larger than the table', 'added')]),
  ]
}

function stringLine(name: string, text: string, { start, end, huffman }: StringLiteral, place: Place): DetailLine {
  const coded = huffman
    ? `Huffman, ${formatBytes(end - start)} for ${formatBytes(text.length)}`
    : formatBytes(end - start)
  return said(place, name, `${coded}: ${text}`, 'string', [start, end])
}

function said(
  { indent, key, range }: Place,
  name: string,
  shown: string,
  last: string,
  bytes?: readonly [start: number, end: number],
): DetailLine {
  const lit = bytes && range(...bytes)
  const cut = shown.length > mostShown ? `${shown.slice(0, mostShown)}…` : shown
  return { indent, name, shown: printable(cut), key: `${key}/${last}`, ...(lit && { range: lit }) }
}
