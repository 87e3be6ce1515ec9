import type { Act } from '../model/act.ts'
import type {
  Agreed,
  ClientProcess,
  Connection,
  Endpoint,
  Leg,
  LegClosed,
  MirrorGap,
  NameLookup,
  Target,
  Via,
} from '../model/connection.ts'
import type { Aborted, Exchange, ExchangeSide, Header, Message, RequestHead, ResponseHead } from '../model/exchange.ts'
import type { Problem } from '../model/problem.ts'
import type { ServiceRecord } from '../wire/dns/service-records.ts'
import { either, flag, list, number, oneOf, optional, pair, record, type Shape, text, time, whole } from './shape.ts'

/** The model's values as a capture file holds them. A member that the model gets and that is missing here does not compile. */

const party = oneOf('client', 'parley', 'server')
const blamed = oneOf('client', 'parley', 'server', 'other-proxy')
const target = record<Target>({ host: text, port: whole })
const endpoint = record<Endpoint>({ address: text, port: whole })
const bothWays = record<{ readonly toServer: number; readonly toClient: number }>({ toServer: whole, toClient: whole })

const problem = record<Problem>({ code: text, blame: blamed, message: text, remedy: optional(text) })

const gaps = optional(list(record<MirrorGap>({ kind: text, id: number, reason: text, added: optional(oneOf(true)) })))

const leg = record<Leg>({
  local: optional(endpoint),
  remote: optional(endpoint),
  lookup: optional(
    record<NameLookup>({ name: text, addresses: list(text), startedAt: time, endedAt: time, literal: flag }),
  ),
  services: optional(
    list(
      record<ServiceRecord>({
        priority: whole,
        target: text,
        alpn: optional(list(text)),
        port: optional(whole),
        ech: optional(oneOf(true)),
      }),
    ),
  ),
  via: optional(record<Via>({ scheme: text, host: text, port: whole })),
  dialledAt: optional(time),
  connectedAt: optional(time),
  tunnelledAt: optional(time),
  tlsStartsAt: optional(bothWays),
  secureAt: optional(time),
  agreed: optional(record<Agreed>({ version: text, cipherSuite: text, alpn: optional(text), resumed: flag })),
  mirrorGaps: gaps,
  openssl: optional(text),
  choiceGaps: gaps,
  bytes: optional(bothWays),
  closed: optional(record<LegClosed>({ at: time, by: party, how: oneOf('fin', 'reset') })),
})

export const clientProcess = record<ClientProcess>({ pid: whole, name: text, command: text })

/** The number in the value is the number of its row: whoever goes from row to row by it comes to an end. */
const numbered = <T extends { readonly id: number }>(inner: Shape<T>, id: number): Shape<T> =>
  ((value: unknown) => inner(value) && value.id === id) as Shape<T>

export const connectionNumbered = (id: number): Shape<Connection> => numbered(connection, id)
export const exchangeNumbered = (id: number): Shape<Exchange> => numbered(exchange, id)

const connection = record<Connection>({
  id: whole,
  openedAt: time,
  within: optional(whole),
  entrance: optional(
    oneOf(
      'connect',
      'absolute-form',
      'socks4',
      'socks4a',
      'socks5',
      'http2-connect',
      'reverse',
      'transparent',
      'tls',
      'http2',
      'replay',
      'compose',
      'elsewhere',
    ),
  ),
  target: optional(target),
  origin: optional(whole),
  sniffed: optional(oneOf(true)),
  client: leg,
  upstream: optional(leg),
  treatment: optional(oneOf('observe', 'rewrite', 'pass-through', 'refuse', 'own')),
  process: optional(clientProcess),
  serverName: optional(text),
  protocol: optional(text),
  problems: list(problem),
  explained: optional(oneOf(true)),
  tolerated: optional(problem),
  closed: optional(record<{ readonly at: number }>({ at: time })),
})

const header: Shape<Header> = pair(text, text)
const headers = list(header)

const requestHead = record<RequestHead>({
  method: text,
  target: text,
  scheme: text,
  authority: text,
  path: text,
  version: text,
  headers,
  raw: optional(text),
})
const responseHead = record<ResponseHead>({
  status: whole,
  reason: text,
  version: text,
  headers,
  raw: optional(text),
})

const message = <Head>(head: Shape<Head>): Shape<Message<Head>> =>
  record<Message<Head>>({
    head,
    headAt: time,
    bodyBytes: whole,
    bodyDropped: whole,
    trailers: optional(headers),
    endedAt: optional(time),
    sameBody: optional(oneOf(true)),
  } as Parameters<typeof record<Message<Head>>>[0])

const act = record<Act>({ by: text, did: text, side: optional(oneOf('request', 'response')) })
export const acts: Shape<readonly Act[]> = list(act)

const side = {
  request: message(requestHead),
  informational: list(responseHead),
  response: optional(message(responseHead)),
}

const exchange = record<Exchange>({
  ...side,
  id: whole,
  connection: whole,
  stream: optional(whole),
  server: optional(either(oneOf('not-asked'), record<ExchangeSide>(side))),
  acts: optional(acts),
  upgraded: optional(text),
  aborted: optional(
    record<Aborted>({ at: time, by: blamed, why: text, how: optional(oneOf('cancelled', 'connection-failed')) }),
  ),
  problems: list(problem),
})
