import type { Connection } from '../model/connection.ts'
import type { Exchange, Side } from '../model/exchange.ts'
import type { HandshakeFacts } from '../model/handshake-facts.ts'
import type { Filter, FlagName, PatternName, Range, RangeName } from './ast.ts'
import { clean, type Flow, originOf } from './flow.ts'
import { compilePattern } from './pattern.ts'
import { readablePattern, readableUrl } from './readable-url.ts'
import { assetTypes, endpointText, headerLines, rulesOf, searchedBody, searchedText } from './searched-text.ts'

/** What a filter can ask about a flow. Whatever is absent does not match. */
export interface FlowFacts {
  readonly flow: Flow
  readonly exchange?: Exchange
  readonly connection?: Connection
  readonly handshakes?: HandshakeFacts
  readonly note?: { readonly marked: boolean; readonly comment: string }
  /** The kept bytes of the bodies, as sent or with their codings undone. An empty body counts as absent. */
  readonly bodies?: BySide<Uint8Array>
  /** The kept bytes of a WebSocket's messages, inflated: `request` holds those to the server. */
  readonly messages?: BySide<readonly Uint8Array[]>
}

type BySide<Value> = { readonly [side in Side]?: Value | undefined }

export type Matcher = (facts: FlowFacts) => boolean

/**
 * The filter as a function over values; `store/to-sql` says the same in SQL, and test/store/agreement holds the two
 * together. Patterns are regular expressions, and letter case does not count.
 */
export function matcherFor(filter: Filter): Matcher {
  switch (filter.type) {
    case 'all':
      return () => true
    case 'not': {
      const inner = matcherFor(filter.of)
      return facts => !inner(facts)
    }
    case 'and': {
      const inner = filter.of.map(matcherFor)
      return facts => inner.every(matches => matches(facts))
    }
    case 'or': {
      const inner = filter.of.map(matcherFor)
      return facts => inner.some(matches => matches(facts))
    }
    case 'flag':
      return flags[filter.name]
    case 'range': {
      const { name, range } = filter
      return ({ flow }) => inRange(range, ranged[name](flow))
    }
    case 'pattern': {
      const { name, pattern } = filter
      const sought = compilePattern(pattern)
      const read = name === 'u' || name === 'all' ? readablePattern(pattern) : undefined
      const readable = read === undefined ? undefined : compilePattern(read)
      return facts => {
        if (readable?.test(readableUrl(urlOf(facts.flow)))) return true
        for (const text of texts[name](facts, pattern)) if (text !== undefined && sought.test(text)) return true
        return false
      }
    }
  }
}

const asset = new RegExp(assetTypes, 'i')

const flags: Readonly<Record<FlagName, Matcher>> = {
  a: ({ flow }) => flow.contentType !== undefined && asset.test(flow.contentType),
  acted: ({ flow }) => flow.acted !== undefined,
  cancelled: ({ flow }) => flow.state === 'cancelled',
  e: ({ flow }) => flow.problem || flow.state === 'aborted',
  http: ({ flow }) => flow.kind === 'exchange',
  websocket: ({ flow }) => flow.protocol === 'websocket',
  tcp: ({ flow }) => flow.kind === 'connection',
  q: ({ flow }) => flow.kind === 'exchange' && flow.status === undefined,
  s: ({ flow }) => flow.status !== undefined,
  differs: ({ handshakes }) => handshakes?.differs === true,
  marked: ({ note }) => note?.marked === true,
  failed: ({ flow }) => flow.state === 'aborted',
}

const ranged: Readonly<Record<RangeName, (flow: Flow) => number | undefined>> = {
  c: flow => flow.status,
  conn: flow => flow.connection,
  size: flow => flow.requestBytes + flow.responseBytes,
  dur: flow => flow.duration,
}

type Texts = Iterable<string | undefined>

/** The texts in which a pattern is looked for, one after the other until one matches. */
const texts: Readonly<Record<PatternName, (facts: FlowFacts, pattern: string) => Texts>> = {
  all: everything,
  b: bothBodies,
  bq: (facts, pattern) => bodyTexts(facts, 'request', pattern),
  bs: (facts, pattern) => bodyTexts(facts, 'response', pattern),
  t: ({ flow }) => [flow.requestType, flow.contentType],
  tq: ({ flow }) => [flow.requestType],
  ts: ({ flow }) => [flow.contentType],
  h: bothHeads,
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
  rule: ({ exchange }) => rulesOf(exchange),
  sni: ({ connection }) => [cleaned(connection?.serverName)],
  alpn: ({ connection }) => [cleaned(connection?.client.agreed?.alpn), cleaned(connection?.upstream?.agreed?.alpn)],
  tls: ({ connection }) => [connection?.client.agreed?.version, connection?.upstream?.agreed?.version],
  cipher: ({ connection }) => [connection?.client.agreed?.cipherSuite, connection?.upstream?.agreed?.cipherSuite],
  ja4: ({ handshakes }) => [handshakes?.clientJa4, handshakes?.upstreamJa4],
  group: ({ handshakes }) => [handshakes?.clientGroup, handshakes?.upstreamGroup],
}

function* everything(facts: FlowFacts, pattern: string): Texts {
  yield urlOf(facts.flow)
  yield facts.note?.comment || undefined
  yield* bothHeads(facts)
  yield* bothBodies(facts, pattern)
}

function* bothHeads({ exchange }: FlowFacts): Texts {
  yield* headerLines(exchange, 'request')
  yield* headerLines(exchange, 'response')
}

function* bothBodies(facts: FlowFacts, pattern: string): Texts {
  yield* bodyTexts(facts, 'request', pattern)
  yield* bodyTexts(facts, 'response', pattern)
}

function* bodyTexts({ bodies, messages }: FlowFacts, side: Side, pattern: string): Texts {
  const body = bodies?.[side]
  if (body?.length) yield searchedText(body.subarray(0, searchedBody), pattern)
  for (const message of messages?.[side] ?? []) yield searchedText(message, pattern)
}

const cleaned = (text: string | undefined): string | undefined => (text === undefined ? undefined : clean(text))

/** The URL that filters see: origin, a slash, path. */
const urlOf = (flow: Flow): string => originOf(flow) + (flow.path.startsWith('/') ? flow.path : `/${flow.path}`)

const inRange = ({ from, to }: Range, value: number | undefined): boolean =>
  value !== undefined &&
  (!from || (from.open ? value > from.value : value >= from.value)) &&
  (!to || (to.open ? value < to.value : value <= to.value))
