import { actedOf } from '../../model/acted.ts'
import type { Connection } from '../../model/connection.ts'
import type { Exchange } from '../../model/exchange.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { Problem } from '../../model/problem.ts'
import { actedSign } from '../acts.ts'
import { formatClock, formatDuration, formatSize } from '../format.ts'
import { printableHead } from '../head-text.ts'
import { printable } from '../printable.ts'
import { shortLeg, whyUnread } from '../protocol-name.ts'
import { pad } from '../width.ts'
import { endText } from './http-lines.ts'

/** An exchange with its connection, or a connection that failed before it had any. */
export type RecordedFlow =
  | { readonly kind: 'exchange'; readonly exchange: Exchange; readonly connection?: Connection }
  | { readonly kind: 'connection'; readonly connection: Connection; readonly problems?: readonly Problem[] }

/** One flow in one printable line, for output that is not a screen. */
export const flowLine = (row: RecordedFlow): string =>
  row.kind === 'exchange' ? exchangeLine(row.exchange, row.connection) : connectionLine(row.connection, row.problems)

function exchangeLine(exchange: Exchange, connection: Connection | undefined): string {
  const { request, response, aborted, id } = exchange
  const { method, scheme, authority, path } = request.head
  const ended = response?.endedAt ?? aborted?.at
  const line = [
    pad(`#${id}`, 6),
    formatClock(request.headAt),
    pad(printable(method), 7),
    pad(statusOf(exchange) + actedSign(actedOf(exchange)), 4),
    pad(response ? formatSize(response.bodyBytes) : '—', 5, 'left'),
    pad(ended === undefined ? '…' : formatDuration(ended - request.headAt), 8, 'left'),
    pad(connection ? legsOf(connection) : '', 17),
    printableHead(`${scheme}://${authority}${path}`),
  ]
  return [...line, ...(aborted ? [`(${endText(aborted)})`] : [])].join('  ').trimEnd()
}

const statusOf = ({ response, aborted }: Exchange): string =>
  response ? String(response.head.status) : aborted ? (aborted.how === 'cancelled' ? '⊘' : '✗') : '—'

function connectionLine(connection: Connection, problems = connection.problems): string {
  const { target, serverName, openedAt, id, closed } = connection
  const where = target ? hostAndPort(target) : (serverName ?? 'no target')
  const took = closed ? formatDuration(closed.at - openedAt) : '…'
  const [problem] = problems
  return [
    pad(`c${id}`, 6),
    formatClock(openedAt),
    pad(connection.client.tlsStartsAt ? 'TLS' : 'TCP', 7),
    pad(problem ? '✗' : '—', 4),
    pad('', 5),
    pad(took, 8, 'left'),
    pad(legsOf(connection), 17),
    printable(where),
    problem ? printable(`${problem.code}: ${problem.message}`) : whyUnread(connection.protocol ?? 'opaque'),
  ]
    .join('  ')
    .trimEnd()
}

/** `h2 1.3 │ h2 1.2`: protocol and version of the client leg and of the upstream leg. */
export function legsOf({ client, upstream }: Connection): string {
  const leg = (told: Connection['upstream']): string =>
    told?.agreed
      ? printable(shortLeg(told.agreed.alpn, told.agreed.version))
      : told?.connectedAt === undefined
        ? '—'
        : 'tcp'
  return `${leg(client)} │ ${leg(upstream)}`
}
