import { hostAndPort } from '../../model/host-and-port.ts'
import { actedSign } from '../../view/acts.ts'
import { formatClock, formatDuration, formatSize } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { printable } from '../../view/printable.ts'
import { shortLeg, whyUnread } from '../../view/protocol-name.ts'
import { briefRemedy } from '../../view/remedy.ts'
import { pad, truncate, width } from '../../view/width.ts'
import { type Line, line, type Span, span, type Tone } from '../line.ts'
import type { FlowRow } from '../ports.ts'

interface Column {
  readonly name: string
  readonly title: string
  readonly columns: number
  readonly side?: 'left'
  /** From how many terminal columns on it is shown. */
  readonly from: number
  /** From how many on something better takes its place. */
  readonly until?: number
  readonly cell: (row: FlowRow) => Span
}

const dim = (text: string): Span => span(text, 'dim')

/** Columns of fixed width, in order; host and path share what is left. */
const before: readonly Column[] = [
  { name: 'id', title: '#', columns: 6, side: 'left', from: 0, cell: row => dim(idOf(row)) },
  { name: 'time', title: 'time', columns: 8, from: 90, cell: row => dim(formatClock(row.startedAt)) },
  { name: 'method', title: 'method', columns: 6, from: 0, cell: row => span(printable(row.method), methodTone(row)) },
  { name: 'status', title: 'stat', columns: 5, from: 0, cell: row => statusOf(row) },
]
const after: readonly Column[] = [
  { name: 'type', title: 'type', columns: 6, from: 96, cell: row => dim(typeOf(row)) },
  { name: 'size', title: 'size', columns: 5, side: 'left', from: 66, cell: row => span(sizeOf(row)) },
  { name: 'total', title: 'total', columns: 7, side: 'left', from: 60, cell: row => dim(totalOf(row)) },
  { name: 'versions', title: 'TLS', columns: 7, from: 70, until: 110, cell: row => dim(versionsOf(row)) },
  { name: 'legs', title: 'client │ server', columns: 17, from: 110, cell: row => span(legsOf(row), 'dim') },
  { name: 'differs', title: 'Δ', columns: 1, from: 76, cell: row => deltaOf(row) },
]

export interface ListColumns {
  readonly before: readonly Column[]
  readonly after: readonly Column[]
  readonly host: number
  readonly path: number
  /** From the host to the right edge, or to the bars: what a failed flow has for its cause. */
  readonly rest: number
}

const markColumns = 2

/** Which columns fit, the least important left out first. */
export function chooseColumns(columns: number): ListColumns {
  const fits = ({ from, until = Number.POSITIVE_INFINITY }: Column): boolean => columns >= from && columns < until
  const [left, right] = [before.filter(fits), after.filter(fits)]
  const used = (all: readonly Column[]): number => all.reduce((sum, column) => sum + column.columns + 1, 0)
  const rest = Math.max(10, columns - markColumns - used(left))
  const flexible = Math.max(10, rest - used(right))
  const host = Math.min(30, Math.floor(flexible * (columns < 110 ? 0.58 : 0.45)))
  return { before: left, after: right, host, path: Math.max(4, flexible - host - 2), rest }
}

/** The columns beside which bars stand, and how much room these have. */
export function chooseWaterfall(columns: number): ListColumns & { readonly bar: number } {
  const left = before.filter(({ name }) => name !== 'time')
  const right = after.filter(({ name, from }) => name === 'total' && columns >= from)
  const taken = right.reduce((sum, column) => sum + column.columns + 1, 0)
  const used = left.reduce((sum, column) => sum + column.columns + 1, markColumns) + taken
  const bar = Math.max(8, Math.floor((columns - used) / 2) - 1)
  const flexible = columns - used - bar - 1
  const host = Math.min(24, Math.floor(flexible * 0.45))
  return { before: left, after: right, host, path: Math.max(4, flexible - host - 2), rest: flexible + taken, bar }
}

export function headLine({ before: left, after: right, host, path }: ListColumns): Line {
  const titles = [
    ...left.map(({ title, columns, side }) => pad(title, columns, side)),
    pad('host', host),
    pad('path', path),
    ...right.map(({ title, columns, side }) => pad(title, columns, side)),
  ]
  return line(span(' '.repeat(markColumns) + titles.join(' '), 'dim'))
}

interface RowLooks {
  readonly marked: boolean
  readonly selected: boolean
  /** How Parley is called, for remedies. */
  readonly command: string
}

/** A flow as a row; one that failed with its connection tells the cause where the others have their right columns. */
export function rowLine(row: FlowRow, layout: ListColumns, { marked, selected, command }: RowLooks): Line {
  const pointer = span(selected ? '▸' : ' ', 'accent')
  const cells = [pointer, span(marked ? '•' : row.comment ? ';' : ' ', 'warn'), ...layout.before.flatMap(padded)]
  return row.note !== undefined
    ? [...cells, ...failure(row, layout, command)]
    : [
        ...cells,
        span(`${hostIn(row, layout.host)} `),
        ...(row.kind === 'connection'
          ? [dim(`${pad(whyUnread(row.protocol), layout.path)} `)]
          : pathOf(row, layout.path)),
        ...layout.after.flatMap(padded),
      ]

  function padded({ cell, columns, side }: Column): Span[] {
    const told = cell(row)
    return [{ ...told, text: pad(told.text, columns, side) }, span(' ')]
  }
}

const leastCause = 44 // columns
const leastRemedy = 10

/** The path, the cause, and what to do about it in what these leave. */
function failure(row: FlowRow, { host, rest }: ListColumns, command: string): Span[] {
  const cause = printable(row.note ?? '')
  const path = pathBefore(cause, row, rest - host - 2)
  const room = Math.max(0, rest - host - 2 - width(path))
  const remedy = row.code === undefined ? undefined : briefRemedy(row.code, row.remedy, command)
  const told = remedy === undefined ? '' : ` → ${printable(remedy)}`
  const left = Math.min(width(told), Math.max(room - width(cause), room - leastCause))
  const right = left < leastRemedy ? 0 : left
  return [
    span(`${hostIn(row, host)} ${path}`),
    span(pad(cause, room - right), 'bad'),
    span(`${truncate(told, right)} `, 'accent'),
  ]
}

/** In what the cause leaves, or in a third. */
function pathBefore(cause: string, { path }: FlowRow, columns: number): string {
  if (path === '') return ''
  const most = Math.max(columns - width(cause) - 1, Math.floor(columns / 3))
  return `${truncate(printableHead(path), most)} `
}

function pathOf(row: FlowRow, columns: number): Span[] {
  const text = pad(printableHead(row.path), columns)
  const query = text.indexOf('?')
  if (query < 0) return [span(`${text} `)]
  return [span(text.slice(0, query)), span(`${text.slice(query)} `, 'dim')]
}

const idOf = (row: FlowRow): string => (row.kind === 'connection' ? `c${row.connection}` : String(row.id))

/** The host with its port; where there is no room for both, the port stays whole. */
function hostIn({ host, port }: FlowRow, columns: number): string {
  const [name, end] =
    port === undefined || host === ''
      ? [host, '']
      : [hostAndPort({ host, port }).slice(0, -`:${port}`.length), `:${port}`]
  return pad(truncate(printable(name), Math.max(1, columns - end.length)) + end, columns)
}

const methodTone = ({ method }: FlowRow): Tone | undefined =>
  method === 'GET' || method === 'HEAD' ? undefined : 'accent'

/** The status, how the flow ended early, and that Parley acted on it. */
function statusOf(row: FlowRow): Span {
  const told = endOf(row)
  return row.acted ? { ...told, text: told.text + actedSign(row.acted) } : told
}

function endOf({ status, state, problem }: FlowRow): Span {
  if (state === 'cancelled') return span(`${status ?? ''}⊘`, 'warn')
  if (status === undefined) return state === 'aborted' || problem ? span('✗', 'bad') : dim('—')
  if (state === 'aborted') return span(`${status}✗`, 'bad')
  return span(String(status), status >= 500 ? 'bad' : status >= 400 ? 'warn' : status >= 300 ? 'accent' : 'good')
}

/** `json` for `application/vnd.api+json`, `js` for `text/javascript`. */
export function shortType(type = ''): string {
  const subtype = (type.split('/')[1] ?? type).split('+').at(-1) ?? ''
  return printable(shortSubtypes.get(subtype) ?? subtype)
}

const shortSubtypes = new Map([
  ['javascript', 'js'],
  ['x-javascript', 'js'],
  ['octet-stream', 'bytes'],
  ['x-www-form-urlencoded', 'form'],
  ['form-data', 'form'],
  ['plain', 'text'],
  ['event-stream', 'events'],
])

const isWebSocket = ({ protocol }: FlowRow): boolean => protocol === 'websocket'

const typeOf = (row: FlowRow): string => (isWebSocket(row) ? 'ws' : shortType(row.contentType))

/** A WebSocket has no body, and what its messages come to is not in the row. */
const sizeOf = (row: FlowRow): string => (isWebSocket(row) ? '' : bodySize(row))

const bodySize = ({ responseBytes, status, state }: FlowRow): string =>
  status === undefined && state === 'running' ? '…' : formatSize(responseBytes)

const totalOf = ({ duration }: FlowRow): string => (duration === undefined ? '…' : formatDuration(duration))

type Agreed = Pick<FlowRow, 'clientVersion' | 'clientAlpn' | 'upstreamVersion' | 'upstreamAlpn'>

/** What both legs agreed on: `h2 1.3 │ h2 1.2`. */
export function legsOf({ clientVersion, clientAlpn, upstreamVersion, upstreamAlpn }: Agreed): string {
  const client = shortLeg(clientAlpn, clientVersion) || '—'
  return printable(`${client} │ ${shortLeg(upstreamAlpn, upstreamVersion) || '—'}`)
}

/** `1.3│1.2`: the TLS versions of both legs in the least room. */
function versionsOf({ clientVersion, upstreamVersion, scheme }: FlowRow): string {
  if (scheme === 'http') return ''
  const brief = (version?: string): string => shortLeg(undefined, version) || '—'
  return printable(`${brief(clientVersion)}│${brief(upstreamVersion)}`)
}

/** Whether they differ. */
export const deltaOf = ({ differs }: Pick<FlowRow, 'differs'>): Span =>
  differs === undefined ? span(' ') : differs ? span('≠', 'warn') : dim('=')
