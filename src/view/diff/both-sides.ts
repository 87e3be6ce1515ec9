import type {
  BodySide,
  Exchange,
  ExchangeSide,
  Header,
  Message,
  RequestHead,
  ResponseHead,
  Side,
} from '../../model/exchange.ts'
import { openBody, showBody } from '../body/choose.ts'
import { indented } from '../body/fold.ts'
import { formatBytes } from '../format.ts'
import { printableHead } from '../head-text.ts'
import { type DiffLine, diffLines } from './diff.ts'
import { type Said, type SideRow, sideRows } from './side-rows.ts'

/** What the server has otherwise than the client: a sentence, then the lines that differ, printable. */
export interface OtherSide {
  readonly remark: string
  /** `-` came to Parley and `+` left it, on the way of the message. */
  readonly lines: readonly DiffLine[]
  /** All lines of both sides beside each other; empty where nothing but the case of names differs. */
  readonly rows: readonly SideRow[]
}

/** The beginning of a body that was kept. */
export type ReadBody = (side: BodySide) => Uint8Array

const mostLines = 200
const noLines = { lines: [], rows: [] } as const

/** Where a request or response was changed between client and server; undefined where it passed as it was. */
export function otherSide(exchange: Exchange, side: Side, body: ReadBody): OtherSide | undefined {
  const { server } = exchange
  if (server === undefined) return undefined
  if (server === 'not-asked') return { remark: 'Parley answered by itself; the server was not asked.', ...noLines }
  if (!server[side]) return exchange.response && { remark: 'The server has not answered.', ...noLines }
  const [ours, theirs] = [linesOf(exchange, side, exchange, body), linesOf(exchange, side, server, body)]
  const [from, to] = side === 'request' ? [ours, theirs] : [theirs, ours]
  const lines = changes(from, to)
  const isRespelt = lines.length === 0 && ours.some(({ text }, i) => text !== theirs[i]!.text)
  if (lines.length === 0 && !isRespelt) return undefined
  const sentence = exchange[side] ? sentences[side] : 'The server has answered, and the client has not got it'
  if (isRespelt) return { remark: `${sentence}: some names of fields in another case.`, ...noLines }
  const more = lines.length - mostLines
  const remark = more > 0 ? `${sentence} (${more} more lines):` : `${sentence}:`
  return { remark, lines: lines.slice(0, mostLines), rows: sideRows(ours, theirs) }
}

const sentences: Readonly<Record<Side, string>> = {
  request: 'The server got it otherwise',
  response: 'The server answered otherwise',
}

/** Names of fields in another case are no change where something else is. */
function changes(from: readonly Said[], to: readonly Said[]): readonly DiffLine[] {
  const keys = (said: readonly Said[]): string[] => said.map(({ key }) => key)
  return diffLines(keys(from), keys(to))
    .filter(({ mark }) => mark !== '=')
    .map(line => ({ ...line, text: line.mark === '-' ? from[line.left! - 1]!.text : to[line.right! - 1]!.text }))
}

/** Whose body the server's is. */
export function bodySideOf(exchange: Exchange, side: Side): BodySide {
  const { server } = exchange
  return typeof server === 'object' && server[side] && !server[side].sameBody ? `server-${side}` : side
}

/** Head, body as shown, and trailers of one side's message. */
function linesOf(exchange: Exchange, side: Side, of: ExchangeSide, body: ReadBody): readonly Said[] {
  const message = of[side]
  if (!message) return []
  const head =
    side === 'request' ? requestLines(of.request.head, wentElsewhere(exchange)) : responseLines(of.response!.head)
  const interim = side === 'request' ? [] : of.informational.flatMap(responseLines)
  const from = of === exchange ? side : bodySideOf(exchange, side)
  return [...interim, ...head, ...bodyLines(message, body(from)), ...(message.trailers ?? []).map(field)]
}

const said = (text: string): Said => ({ text, key: text })

const wentElsewhere = ({ request, server }: Exchange): boolean =>
  typeof server === 'object' && originOf(request.head) !== originOf(server.request.head)

const defaultPort: Readonly<Record<string, RegExp>> = { http: /:80$/, https: /:443$/ }

const originOf = ({ scheme, authority }: RequestHead): string =>
  `${scheme}://${authority.toLowerCase().replace(defaultPort[scheme] ?? '', '')}`

/** To a proxy the target has another form than to a server (RFC 9112 3.2), which is no difference; another server is one. */
const requestLines = (head: RequestHead, elsewhere: boolean): readonly Said[] => [
  said(printableHead(`${head.method} ${elsewhere ? originOf(head) : ''}${head.path} ${head.version}`)),
  ...head.headers.map(field),
]

const responseLines = ({ version, status, reason, headers }: ResponseHead): readonly Said[] => [
  said(printableHead(`${version} ${status} ${reason}`.trimEnd())),
  ...headers.map(field),
]

const field = ([name, value]: Header): Said => ({
  text: printableHead(`${name}: ${value}`),
  key: `${name.toLowerCase()}: ${value}`,
})

function bodyLines({ head, bodyBytes }: Message<WithHeaders>, bytes: Uint8Array): readonly Said[] {
  if (bodyBytes === 0) return []
  if (bytes.length === 0) return [said(`body: ${formatBytes(bodyBytes)}, not kept`)]
  const body = openBody(bytes, head.headers, bodyBytes)
  const { lines } = showBody(body, undefined, { maxLines: 10 * mostLines })
  const rest = bytes.length < bodyBytes ? [`body: ${formatBytes(bodyBytes)} in all`] : []
  return [...lines.map(indented), ...rest].map(said)
}

interface WithHeaders {
  readonly headers: readonly Header[]
}
