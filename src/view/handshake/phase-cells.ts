import {
  type ClientProcess,
  type Connection,
  type Endpoint,
  type Entrance,
  isOwn,
  type Leg,
} from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import type { LegName, Party } from '../../model/party.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import { formatBytes, formatCount, formatDuration, formatProcess, formatSize } from '../format.ts'
import { printable } from '../printable.ts'
import { tlsName } from '../protocol-name.ts'
import type { Cell } from '../table.ts'
import { recordedWays } from '../ways-around.ts'
import { truncate } from '../width.ts'

const mostProcess = 66 // columns: a line on most screens

/** What happened on a leg besides its handshake messages: name, TCP, CONNECT, secure, application data, teardown. */
export function phaseCells(connection: Connection, leg: LegName, handshake: Handshake | undefined): Cell[] {
  const told = leg === 'client' ? connection.client : connection.upstream
  if (!told) return []
  const since = connection.openedAt
  const opening = leg === 'client' ? clientOpening(connection) : upstreamOpening(told, since)
  const below = handshake ? [...dataCells(handshake, since), ...holeCells(handshake, since)] : []
  return [...opening, ...secureCells(told, since), ...below, ...closingCells(told, since)]
}

function clientOpening(connection: Connection): Cell[] {
  const { client, process, target, entrance, openedAt, within } = connection
  if (isOwn(connection)) return ownOpening(connection)
  const from = [
    ...(client.remote ? [`from ${endpoint(client.remote)}`] : []),
    ...(process ? processFacts(process) : []),
  ]
  const inside = within === undefined ? 'accepted' : `inside connection c${within}`
  const accepted = { at: 0, title: 'TCP', detail: inside, facts: from }
  if (!target || !entrance) return [accepted]
  const where = printable(hostAndPort(target))
  const bytes = client.tlsStartsAt
  const facts = bytes ? [`Seq=1 Len=${bytes.toServer}  Ack=${bytes.toServer + 1}  answer Len=${bytes.toClient}`] : []
  const entered = { at: Math.max(0, (client.connectedAt ?? openedAt) - openedAt), arrow: '→' as const, detail: where }
  return [accepted, { ...entered, title: entranceTitles[entrance], facts }]
}

/** There is no client but Parley. */
function ownOpening({ target, entrance, origin, within }: Connection): Cell[] {
  const where = target ? printable(hostAndPort(target)) : ''
  const facts = [
    ...(origin === undefined ? [] : [`flow #${origin} again`]),
    ...(within === undefined ? [] : [`for connection c${within}`]),
  ]
  return [{ at: 0, arrow: '→', title: entranceTitles[entrance!], detail: where, facts }]
}

/** Of a long command line the beginning. */
const processFacts = (process: ClientProcess): string[] =>
  [`process ${formatProcess(process)}`, process.command]
    .filter(fact => fact !== '')
    .map(fact => truncate(printable(fact), mostProcess))

const entranceTitles: Readonly<Record<Entrance, string>> = {
  connect: 'CONNECT',
  'absolute-form': 'HTTP to',
  socks4: 'SOCKS4',
  socks4a: 'SOCKS4a',
  socks5: 'SOCKS5',
  'http2-connect': 'HTTP/2 CONNECT',
  reverse: 'in the place of',
  transparent: 'on its way to',
  tls: 'TLS to the proxy',
  http2: 'HTTP/2 to the proxy',
  replay: 'repeated, to',
  compose: 'composed, to',
  elsewhere: 'asked elsewhere, at',
}

function upstreamOpening(leg: Leg, since: number): Cell[] {
  const { lookup, services, dialledAt, connectedAt, remote, local } = leg
  const cells: Cell[] = []
  if (lookup && !lookup.literal)
    cells.push({
      at: lookup.startedAt - since,
      title: 'DNS',
      detail: formatDuration(lookup.endedAt - lookup.startedAt),
      facts: [
        printable(lookup.name),
        printable(lookup.addresses.join(', ') || 'no address'),
        ...recordedWays(services).map(({ message }) => message),
      ],
      ...(lookup.addresses.length === 0 && { tone: 'bad' as const }),
    })
  if (dialledAt !== undefined) {
    const facts = remote ? [`${local ? `${endpoint(local)} → ` : ''}${endpoint(remote)}`] : []
    const detail =
      connectedAt === undefined ? 'SYN → …' : `SYN → established, ${formatDuration(connectedAt - dialledAt)}`
    cells.push({ at: dialledAt - since, title: 'TCP', detail, facts })
  }
  return [...cells, ...viaCells(leg, since)]
}

/** The other proxy on the way to the server, from where it was reached to where the way through it stood. */
function viaCells({ via, dialledAt, connectedAt, tunnelledAt }: Leg, since: number): Cell[] {
  const at = connectedAt ?? dialledAt
  if (!via || at === undefined) return []
  const facts = tunnelledAt === undefined ? [] : [`way to the server stands, ${formatDuration(tunnelledAt - at)}`]
  return [{ at: at - since, arrow: '→', title: 'via', detail: printable(`${via.scheme}://${hostAndPort(via)}`), facts }]
}

function secureCells({ secureAt, agreed }: Leg, since: number): Cell[] {
  if (secureAt === undefined || !agreed) return []
  const protocol = agreed.alpn ?? 'no ALPN'
  const facts = [`${tlsName(agreed.version)}  ${agreed.cipherSuite}${agreed.resumed ? '  resumed' : ''}`]
  return [
    { at: secureAt - since, title: 'secure', detail: printable(protocol), facts: facts.map(printable), tone: 'good' },
  ]
}

/** Application data of a leg in one cell: it is told message by message elsewhere. */
function dataCells({ records }: Handshake, since: number): Cell[] {
  const data = records.filter(({ type, innerType }) => type === 23 && (innerType === undefined || innerType === 23))
  const [first] = data
  if (!first) return []
  const bytes = (direction: string) =>
    formatSize(data.reduce((sum, record) => sum + (record.direction === direction ? record.length : 0), 0))
  const unkept = data.filter(({ headerOnly }) => headerOnly).length
  return [
    {
      at: first.at - since,
      title: 'application data',
      detail: counted(data.length),
      facts: [
        `→ ${bytes('to-server')} ← ${bytes('to-client')} in records`,
        ...(unkept > 0 ? [`${counted(unkept)} not kept, but for the headers`] : []),
      ],
      tone: 'dim',
    },
  ]
}

const counted = (records: number): string => (records === 1 ? '1 record' : `${formatCount(records)} records`)

/** What else may have passed below TLS is not known there. */
const holeCells = ({ holes }: Handshake, since: number): Cell[] =>
  holes.map(({ at, direction, length }) => ({
    at: at - since,
    arrow: direction === 'to-server' ? '→' : '←',
    title: 'not kept',
    detail: formatBytes(length),
    facts: [],
    tone: 'bad',
  }))

function closingCells({ closed, bytes }: Leg, since: number): Cell[] {
  if (!closed) return []
  const title = closed.how === 'fin' ? 'FIN' : 'RST'
  const facts = bytes ? [`→ ${formatSize(bytes.toServer)} ← ${formatSize(bytes.toClient)} of TCP payload`] : []
  const tone = closed.how === 'fin' ? ('dim' as const) : ('bad' as const)
  return [{ at: closed.at - since, title, detail: `from ${who[closed.by]}`, facts, tone }]
}

const who: Readonly<Record<Party, string>> = { client: 'the client', parley: 'Parley', server: 'the server' }

const endpoint = ({ address, port }: Endpoint): string => printable(hostAndPort({ host: address, port }))
