import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Agreed, Connection, Leg } from '../../model/connection.ts'
import { tlsName } from '../protocol-name.ts'
import { flowRow } from './flow-row.ts'

/** What TLS agreed on each leg of the two flows' connections, and where the server was. */
export function tlsRows(left: Connection | undefined, right: Connection | undefined): readonly ComparisonRow[] {
  const shared = left !== undefined && left.id === right?.id
  const rows = [
    ...flowRow(
      'connection',
      'Connection',
      idOf(left),
      idOf(right),
      shared ? undefined : 'The flows used two connections.',
    ),
    ...flowRow('server-name', 'Server name (SNI)', left?.serverName, right?.serverName),
    ...legRows('client', 'Client leg', left?.client, right?.client),
    ...legRows('upstream', 'Upstream leg', left?.upstream, right?.upstream),
    ...flowRow('server-address', 'Server address', addressOf(left), addressOf(right)),
  ]
  return rows
}

const facts: readonly (readonly [key: string, label: string, (agreed: Agreed) => string])[] = [
  ['version', 'TLS version', agreed => tlsName(agreed.version)],
  ['cipher-suite', 'cipher suite', agreed => agreed.cipherSuite],
  ['alpn', 'ALPN', agreed => agreed.alpn ?? 'none'],
  ['resumed', 'resumption', agreed => (agreed.resumed ? 'resumed' : 'full handshake')],
]

const legRows = (key: string, label: string, left: Leg | undefined, right: Leg | undefined): readonly ComparisonRow[] =>
  facts.flatMap(([name, words, read]) =>
    flowRow(
      `${key}-${name}`,
      `${label}: ${words}`,
      left?.agreed && read(left.agreed),
      right?.agreed && read(right.agreed),
    ),
  )

const idOf = (connection: Connection | undefined): string | undefined => connection && `c${connection.id}`

const addressOf = (connection: Connection | undefined): string | undefined => {
  const remote = connection?.upstream?.remote
  return remote && `${remote.address} port ${remote.port}`
}
