import { type Comparison, compareLegs, type LegPair, type Mark } from '../../compare/compare.ts'
import { notRecorded } from '../../compare/comparison.ts'
import { gapsOf } from '../../compare/mirror-gaps.ts'
import { isWhole } from '../../model/link.ts'
import type { LegName } from '../../model/party.ts'
import type { HandshakeMessage } from '../../wire/tls/handshake.ts'
import { printable } from '../printable.ts'
import type { Cell, Row, Table } from '../table.ts'
import { messageCells } from './message-cell.ts'
import { phaseCells } from './phase-cells.ts'
import { hostOf } from './server-chain.ts'

/**
 * A connection in two columns, aligned by time: a cell stands beside the next one of the other leg, and the two
 * first ClientHellos stand beside each other. A row whose message the comparison speaks of carries the mark.
 */
export function connectionTable(pair: LegPair, comparison: Comparison = compareLegs(pair)): Table {
  const client = legCells(pair, 'client')
  const upstream = legCells(pair, 'upstream')
  const rows = layOut(client, upstream, pair, comparison).map(row => withMark(row, pair, comparison))
  if (pair.connection.sniffed) return { client: 'CLIENT → SERVER', upstream: `PARLEY → SERVER  ${notRecorded}`, rows }
  return { client: 'CLIENT → PARLEY', upstream: 'PARLEY → SERVER', rows }
}

function legCells(pair: LegPair, leg: LegName): Cell[] {
  const { connection, [leg]: handshake } = pair
  const phases = phaseCells(connection, leg, handshake)
  const gaps = gapsOf(pair)
  const passedThrough = isWhole(connection)
  const closed = connection[leg]?.closed
  const { openedAt } = connection
  const host = hostOf(connection)
  const openssl = connection.upstream?.openssl
  const about = { openedAt, closed, host, gaps, openssl, passedThrough }
  const messages = handshake ? messageCells({ leg, handshake, ...about }) : []
  return [...phases, ...messages].sort((a, b) => timeOf(a) - timeOf(b) || orderOf(a) - orderOf(b))
}

/** Application data that came in one packet with the end of the handshake came after it. */
const orderOf = ({ title }: Cell): number => (title === 'application data' ? 1 : 0)

const timeOf = (cell: Cell): number => cell.at ?? 0

function layOut(client: readonly Cell[], upstream: readonly Cell[], pair: LegPair, comparison: Comparison): Row[] {
  const ours = helloAt(client, pair.client?.messages)
  const theirs = helloAt(upstream, pair.upstream?.messages)
  // A mark speaks of the client leg's message, so no other cell may stand beside it.
  const alone = (cell: Cell) => markOf(cell, pair, comparison).mark !== undefined
  if (ours < 0 || theirs < 0) return zip(client, upstream, alone)
  return [
    ...zip(client.slice(0, ours), upstream.slice(0, theirs), alone),
    { client: client[ours]!, upstream: upstream[theirs]! },
    ...zip(client.slice(ours + 1), upstream.slice(theirs + 1), alone),
  ]
}

const helloAt = (cells: readonly Cell[], messages: readonly HandshakeMessage[] | undefined): number =>
  cells.findIndex(({ message }) => message && messages?.[message.index]?.name === 'client_hello')

/** Two lists in order of time as rows in order of time: neighbours from different legs share a row. */
function zip(client: readonly Cell[], upstream: readonly Cell[], alone: (cell: Cell) => boolean): Row[] {
  const rows: Row[] = []
  let ours = 0
  let theirs = 0
  let open: LegName | undefined
  while (ours < client.length || theirs < upstream.length) {
    const left = client[ours]
    const right = upstream[theirs]
    const leg: LegName = !right || (left && timeOf(left) <= timeOf(right)) ? 'client' : 'upstream'
    const cell = leg === 'client' ? client[ours++]! : upstream[theirs++]!
    const single = alone(cell)
    if (open !== undefined && open !== leg && !single) {
      rows[rows.length - 1] = { ...rows.at(-1), [leg]: cell }
      open = undefined
    } else {
      rows.push({ [leg]: cell })
      open = single ? undefined : leg
    }
  }
  return rows
}

const offered = ['cipher-suites-offered', 'groups-offered', 'signature-algorithms-offered', 'extensions', 'sni']

/** The aspects that are settled by a message. */
const aspectsOf: Partial<Record<HandshakeMessage['name'], readonly string[]>> = {
  client_hello: offered,
  server_hello: ['version', 'cipher-suite', 'group'],
  encrypted_extensions: ['alpn', 'early-data'],
  certificate: ['certificate', 'key'],
  compressed_certificate: ['certificate', 'key'],
  certificate_request: ['client-certificate'],
  certificate_verify: ['signature-algorithm'],
  server_key_exchange: ['signature-algorithm'],
  certificate_status: ['ocsp'],
}

const order: readonly Mark[] = ['!', '≠', '~', '=', '·']

const withMark = (row: Row, pair: LegPair, comparison: Comparison): Row =>
  row.client ? { ...row, ...markOf(row.client, pair, comparison) } : row

/** A mark belongs to the client leg's message, the one that can be worse or better than the server's. */
function markOf({ message }: Cell, pair: LegPair, { rows }: Comparison): Pick<Row, 'mark' | 'why'> {
  const name = message?.leg === 'client' && pair.upstream ? pair.client?.messages[message.index]?.name : undefined
  const aspects = name && aspectsOf[name]
  if (!aspects) return {}
  const told = rows.filter(({ aspect }) => aspects.includes(aspect))
  const mark = order.find(candidate => told.some(compared => compared.mark === candidate))
  if (!mark) return {}
  const why = told.map(compared => (compared.mark === mark ? compared.why : undefined)).filter(Boolean)
  return why.length > 0 ? { mark, why: printable(why.join(' ')) } : { mark }
}
