import type { Filter, FlagName, PatternName, Range } from '../../src/filter/ast.ts'
import { clean, type Flow, originOf } from '../../src/filter/flow.ts'
import { assetTypes, endpointText, headerLines, searchedBody, searchedText } from '../../src/filter/searched-text.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { Exchange, Side } from '../../src/model/exchange.ts'
import type { HandshakeFacts } from '../../src/model/handshake-facts.ts'

/** What a filter means, without SQL: the store is asked whether it agrees. */

/** What a filter may ask about. What is absent does not match. */
export interface Subject {
  readonly flow: Flow
  readonly exchange?: Exchange
  readonly connection?: Connection
  readonly facts?: HandshakeFacts
  readonly note?: { readonly marked: boolean; readonly comment: string }
  /** The kept bytes of a body, as sent or with its codings undone. An empty one counts as absent. */
  readonly body?: (side: Side) => Uint8Array | undefined
  /** The kept bytes of a WebSocket's messages of that side, inflated. */
  readonly messages?: (side: Side) => readonly Uint8Array[]
}

export type Matcher = (subject: Subject) => boolean

/** The filter as a function. Patterns are regular expressions, and letter case does not count. */
export function compileFilter(filter: Filter): Matcher {
  switch (filter.type) {
    case 'all':
      return () => true
    case 'not': {
      const inner = compileFilter(filter.of)
      return subject => !inner(subject)
    }
    case 'and': {
      const inner = filter.of.map(compileFilter)
      return subject => inner.every(matches => matches(subject))
    }
    case 'or': {
      const inner = filter.of.map(compileFilter)
      return subject => inner.some(matches => matches(subject))
    }
    case 'flag':
      return flags[filter.name]
    case 'range': {
      const { name, range } = filter
      return ({ flow }) => inRange(range, ranged[name](flow))
    }
    case 'pattern': {
      const { name, pattern } = filter
      const regex = new RegExp(pattern, 'i')
      return subject => asked[name](subject, pattern).some(text => text !== undefined && regex.test(text))
    }
  }
}

const asset = new RegExp(assetTypes, 'i')

const flags: Readonly<Record<FlagName, Matcher>> = {
  a: ({ flow }) => flow.contentType !== undefined && asset.test(flow.contentType),
  e: ({ flow }) => flow.problem || flow.state === 'aborted',
  http: ({ flow }) => flow.kind === 'exchange',
  websocket: ({ flow }) => flow.protocol === 'websocket',
  tcp: ({ flow }) => flow.kind === 'connection',
  q: ({ flow }) => flow.kind === 'exchange' && flow.status === undefined,
  s: ({ flow }) => flow.status !== undefined,
  differs: ({ facts }) => facts?.differs === true,
  marked: ({ note }) => note?.marked === true,
  failed: ({ flow }) => flow.state === 'aborted',
}

const ranged = {
  c: (flow: Flow) => flow.status,
  size: (flow: Flow) => flow.requestBytes + flow.responseBytes,
  dur: (flow: Flow) => flow.duration,
}

const asked: Readonly<Record<PatternName, (subject: Subject, pattern: string) => readonly (string | undefined)[]>> = {
  all: (subject, pattern) => [
    ...[urlOf(subject.flow), subject.note?.comment || undefined],
    ...[...headerLines(subject.exchange, 'request'), ...headerLines(subject.exchange, 'response')],
    ...[...bodyTexts(subject, 'request', pattern), ...bodyTexts(subject, 'response', pattern)],
  ],
  b: (subject, pattern) => [...bodyTexts(subject, 'request', pattern), ...bodyTexts(subject, 'response', pattern)],
  bq: (subject, pattern) => bodyTexts(subject, 'request', pattern),
  bs: (subject, pattern) => bodyTexts(subject, 'response', pattern),
  t: ({ flow }) => [flow.requestType, flow.contentType],
  tq: ({ flow }) => [flow.requestType],
  ts: ({ flow }) => [flow.contentType],
  h: ({ exchange }) => [...headerLines(exchange, 'request'), ...headerLines(exchange, 'response')],
  hq: ({ exchange }) => headerLines(exchange, 'request'),
  hs: ({ exchange }) => headerLines(exchange, 'response'),
  comment: ({ note }) => [note?.comment || undefined],
  d: ({ flow }) => [flow.host],
  u: ({ flow }) => [urlOf(flow)],
  m: ({ flow }) => [flow.method],
  src: ({ connection }) => [endpointText(connection?.client.remote)],
  dst: ({ connection }) => [endpointText(connection?.upstream?.remote)],
  proto: ({ flow }) => [flow.protocol],
  process: ({ connection }) => [cleaned(connection?.process?.name), cleaned(connection?.process?.command)],
  sni: ({ connection }) => [cleaned(connection?.serverName)],
  alpn: ({ connection }) => [cleaned(connection?.client.agreed?.alpn), cleaned(connection?.upstream?.agreed?.alpn)],
  tls: ({ connection }) => [connection?.client.agreed?.version, connection?.upstream?.agreed?.version],
  cipher: ({ connection }) => [connection?.client.agreed?.cipherSuite, connection?.upstream?.agreed?.cipherSuite],
  ja4: ({ facts }) => [facts?.clientJa4, facts?.upstreamJa4],
  group: ({ facts }) => [facts?.clientGroup, facts?.upstreamGroup],
}

const cleaned = (text: string | undefined): string | undefined => (text === undefined ? undefined : clean(text))

const bodyTexts = ({ body, messages }: Subject, side: Side, pattern: string): readonly string[] =>
  [body?.(side)?.subarray(0, searchedBody), ...(messages?.(side) ?? [])].flatMap(bytes =>
    bytes?.length ? [searchedText(bytes, pattern)] : [],
  )

/** The URL that filters see: origin, a slash, path. */
const urlOf = (flow: Flow): string => originOf(flow) + (flow.path.startsWith('/') ? flow.path : `/${flow.path}`)

const inRange = (range: Range, value: number | undefined): boolean =>
  value !== undefined &&
  (!range.from || (range.from.open ? value > range.from.value : value >= range.from.value)) &&
  (!range.to || (range.to.open ? value < range.to.value : value <= range.to.value))
