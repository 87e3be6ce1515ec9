import type { Exchange, Header, ResponseHead } from '../../model/exchange.ts'
import { renderBody } from '../body/choose.ts'
import { decodeBody } from '../body/decode.ts'
import { formatDuration } from '../format.ts'
import { printable } from '../printable.ts'
import { paint, type Style } from '../style.ts'

/** Bodies as they came, content codings and all. */
export interface Bodies {
  readonly request?: Uint8Array
  readonly response?: Uint8Array
}

const mostBodyLines = 200

/** A request and its response as `curl -v` prints them: `>` sent, `<` received, `*` a remark. */
export function httpLines(exchange: Exchange, bodies: Bodies, style: Style): string[] {
  const { request, response, informational, aborted, problems } = exchange
  const { method, target, version } = request.head
  return [
    ...['', ...request.head.headers.map(showHeader), ''].map((line, i) =>
      i === 0 ? `> ${printable(`${method} ${target} ${version}`)}` : `> ${line}`.trimEnd(),
    ),
    ...bodyLines(bodies.request, request.head.headers, style),
    ...trailerLines('>', request.trailers),
    ...informational.flatMap(head => headLines(head)),
    ...(response
      ? [
          ...headLines(response.head),
          ...bodyLines(bodies.response, response.head.headers, style),
          ...trailerLines('<', response.trailers),
        ]
      : []),
    ...problems.map(({ code, message }) => paint(`* ✗ ${code}: ${printable(message)}`, 'bad', style)),
    ...(response?.endedAt === undefined ? [] : [`* done in ${formatDuration(response.endedAt - request.headAt)}`]),
    ...(aborted ? [paint(`* aborted by ${aborted.by}: ${printable(aborted.why)}`, 'bad', style)] : []),
  ]
}

const headLines = ({ version, status, reason, headers }: ResponseHead): string[] => [
  `< ${printable(`${version} ${status} ${reason}`.trimEnd())}`,
  ...headers.map(header => `< ${showHeader(header)}`),
  '<',
]

const showHeader = ([name, value]: Header): string => printable(`${name}: ${value}`)

const trailerLines = (mark: string, trailers: readonly Header[] = []): string[] =>
  trailers.map(trailer => `${mark} ${showHeader(trailer)}`)

function bodyLines(bytes: Uint8Array | undefined, headers: readonly Header[], style: Style): string[] {
  if (!bytes || bytes.length === 0) return []
  const decoded = decodeBody(bytes, headerValue(headers, 'content-encoding'))
  const { kind, lines } = renderBody(decoded.bytes, headerValue(headers, 'content-type'), mostBodyLines)
  const coded = decoded.undone.length > 0 ? ` decoded from ${decoded.undone.join(', ')}` : ''
  const remark = `* body: ${bytes.length} bytes${coded}, as ${kind}${decoded.problem ? `; ${printable(decoded.problem)}` : ''}`
  return [paint(remark, 'dim', style), ...lines]
}

/** The values of a header joined with commas (RFC 9110 5.3). */
function headerValue(headers: readonly Header[], wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  return values.length > 0 ? values.join(', ') : undefined
}
