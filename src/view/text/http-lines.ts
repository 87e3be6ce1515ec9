import type { Aborted, Exchange, Header, Message, ResponseHead, Side } from '../../model/exchange.ts'
import { actTexts } from '../acts.ts'
import { openBody, showBody } from '../body/choose.ts'
import { indented } from '../body/fold.ts'
import { grpcOutcome } from '../body/grpc.ts'
import { otherSide } from '../diff/both-sides.ts'
import { formatDuration } from '../format.ts'
import { webSocketLines } from '../frames/websocket-lines.ts'
import { printableHead } from '../head-text.ts'
import type { Bodies, ExchangeWithContent } from '../json/exchange-json.ts'
import { printable } from '../printable.ts'
import { paint, type Style } from '../style.ts'
import { waysAround } from '../ways-around.ts'

const mostBodyLines = 200
const mostMessageLines = 1000
const nothing: Uint8Array = new Uint8Array()

/** Who ended an exchange before it was whole; printable. */
export const endText = ({ by, why, how }: Aborted): string =>
  `${how === 'cancelled' ? 'cancelled by the client' : how ? 'failed with its connection' : `ended by ${by}`}: ${printable(why)}`

/** A request and its response as `curl -v` prints them: `>` sent, `<` received, `*` a remark; then a WebSocket's messages. */
export function httpLines(content: ExchangeWithContent, style: Style): string[] {
  const { exchange, bodies } = content
  const { request, response, informational, aborted, problems } = exchange
  const { method, target, version } = request.head
  const status = response && grpcOutcome(response)
  return [
    ...['', ...request.head.headers.map(showHeader), ''].map((line, i) =>
      i === 0 ? `> ${printableHead(`${method} ${target} ${version}`)}` : `> ${line}`.trimEnd(),
    ),
    ...bodyLines(request, bodies, 'request', style),
    ...trailerLines('>', request.trailers),
    ...actLines(exchange, 'request', style),
    ...otherLines(content, 'request', style),
    ...informational.flatMap(head => headLines(head)),
    ...(response
      ? [
          ...headLines(response.head),
          ...waysAround(response.head.headers).map(({ message }) => `* ${message}`),
          ...bodyLines(response, bodies, 'response', style),
          ...trailerLines('<', response.trailers),
        ]
      : []),
    ...actLines(exchange, 'response', style),
    ...otherLines(content, 'response', style),
    ...(status === undefined ? [] : [`* gRPC status ${printable(status)}`]),
    ...messageLines(content, style),
    ...problems.map(({ code, message }) => paint(`* ✗ ${printable(`${code}: ${message}`)}`, 'bad', style)),
    ...(response?.endedAt === undefined ? [] : [`* done in ${formatDuration(response.endedAt - request.headAt)}`]),
    ...(aborted ? [paint(`* ${endText(aborted)}`, aborted.how === 'cancelled' ? 'dim' : 'bad', style)] : []),
  ]
}

const headLines = ({ version, status, reason, headers }: ResponseHead): string[] => [
  `< ${printableHead(`${version} ${status} ${reason}`.trimEnd())}`,
  ...headers.map(header => `< ${showHeader(header)}`),
  '<',
]

const showHeader = ([name, value]: Header): string => printableHead(`${name}: ${value}`)

const trailerLines = (mark: string, trailers: readonly Header[] = []): string[] =>
  trailers.map(trailer => `${mark} ${showHeader(trailer)}`)

/** What was done to a message; to the exchange as a whole, once. */
const actLines = ({ acts = [] }: Exchange, side: Side, style: Style): string[] =>
  actTexts(acts.filter(act => (act.side ?? 'request') === side)).map(text => paint(`* ${text}`, 'warn', style))

/** What the server has of it, where that is another thing; said once where it has nothing. */
function otherLines({ exchange, bodies }: ExchangeWithContent, side: Side, style: Style): string[] {
  if (side === 'request' && exchange.server === 'not-asked') return []
  const other = otherSide(exchange, side, of => bodies[of] ?? nothing)
  if (!other) return []
  const lines = other.lines.map(({ mark, text }) => paint(`*   ${mark} ${text}`, mark === '-' ? 'bad' : 'good', style))
  return [`* ${other.remark}`, ...lines]
}

/** Times count from the request, as in `done in`. */
function messageLines({ exchange, messages = [], messageCount = 0 }: ExchangeWithContent, style: Style): string[] {
  const lines = webSocketLines(messages, { since: exchange.request.headAt, maxLines: mostMessageLines })
  const more = messageCount - messages.length
  return [...lines.map(indented), ...(more > 0 ? [paint(`* ${more} more messages`, 'dim', style)] : [])]
}

/** The body as far as it is here, below a remark that says how long it is and what of it is shown. */
function bodyLines(
  message: Message<{ headers: readonly Header[] }>,
  bodies: Bodies,
  side: Side,
  style: Style,
): string[] {
  const { [side]: bytes = nothing, losses } = bodies
  const whole = Math.max(message.bodyBytes, bytes.length)
  if (whole === 0) return []
  const body = openBody(bytes, message.head.headers, whole)
  const { kind, lines } = showBody(body, undefined, { maxLines: mostBodyLines })
  const shown = bytes.length === 0 ? 'not kept' : [body.note, `as ${kind}`].filter(Boolean).join(', ')
  const texts = lines.filter(({ spans }) => !spans?.some(({ fg, bg }) => fg || bg)) // pixels are nothing without colours
  const { message: loss, remedy } = losses?.[side] ?? {}
  return [
    paint(`* body: ${whole} bytes, ${shown}`, 'dim', style),
    ...[loss, remedy].flatMap(text => (text ? [paint(`* ${printable(text)}`, 'bad', style)] : [])),
    ...texts.map(indented),
  ]
}
