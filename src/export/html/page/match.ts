import type { Filter, FlagName, PatternName, Range, RangeName } from '../../../filter/ast.ts'
import { originOf } from '../../../filter/flow.ts'
import { assetTypes } from '../../../filter/searched-text.ts'
import type { BodyJson } from '../../../view/json/body-json.ts'
import type { HttpMessageJson } from '../../../view/json/exchange-json.ts'
import type { ReportFlow, ReportRow } from '../shape.ts'
import { compilePattern } from './pattern.ts'

export interface PageMatcher {
  /** Whether it looks into what is behind the rows. */
  readonly deep: boolean
  matches(row: ReportRow, flow: ReportFlow): boolean
}

/** A filter as a function over what the report holds. Throws an Error for what a report does not hold. */
export function pageMatcher(filter: Filter): PageMatcher {
  switch (filter.type) {
    case 'all':
      return { deep: false, matches: () => true }
    case 'not': {
      const inner = pageMatcher(filter.of)
      return { deep: inner.deep, matches: (row, flow) => !inner.matches(row, flow) }
    }
    case 'and':
    case 'or': {
      const inner = filter.of.map(pageMatcher)
      const how = filter.type === 'and' ? 'every' : 'some'
      return {
        deep: inner.some(({ deep }) => deep),
        matches: (row, flow) => inner[how](each => each.matches(row, flow)),
      }
    }
    case 'flag':
      return { deep: false, matches: flags[filter.name] }
    case 'range': {
      const { name, range } = filter
      return { deep: false, matches: row => inRange(range, ranged[name](row)) }
    }
    case 'pattern':
      return patternMatcher(filter.name, compilePattern(filter.pattern))
  }
}

type Texts = Iterable<string | undefined>

function patternMatcher(name: PatternName, pattern: ReturnType<typeof compilePattern>): PageMatcher {
  const [shallow, deep] = [rowTexts[name], flowTexts[name]]
  if (!shallow && !deep) throw new Error(`~${name} works in Parley; this report cannot be filtered by it`)
  const found = (texts: Texts): boolean => {
    for (const text of texts) if (text !== undefined && pattern.test(text)) return true
    return false
  }
  return {
    deep: deep !== undefined,
    matches: (row, flow) => (shallow ? found(shallow(row)) : false) || (deep ? found(deep(flow)) : false),
  }
}

const rowTexts: { readonly [Name in PatternName]?: (row: ReportRow) => Texts } = {
  all: row => [urlOf(row), row.comment],
  u: row => [urlOf(row), decoded(urlOf(row))],
  d: row => [row.host],
  m: row => [row.method],
  t: row => [row.requestType, row.contentType],
  tq: row => [row.requestType],
  ts: row => [row.contentType],
  proto: row => [row.protocol],
  tls: row => [row.clientVersion, row.upstreamVersion],
  alpn: row => [row.clientAlpn, row.upstreamAlpn],
  comment: row => [row.comment],
}

const flowTexts: { readonly [Name in PatternName]?: (flow: ReportFlow) => Texts } = {
  all: flow => [...headers(flow.exchange?.request, flow.exchange?.response), ...bodies(flow, 'both')],
  h: ({ exchange }) => headers(exchange?.request, exchange?.response),
  hq: ({ exchange }) => headers(exchange?.request),
  hs: ({ exchange }) => headers(exchange?.response),
  b: flow => bodies(flow, 'both'),
  bq: flow => bodies(flow, 'C>S'),
  bs: flow => bodies(flow, 'S>C'),
  rule: ({ exchange }) => (exchange?.acts ?? []).map(({ by }) => by),
}

const headers = (...messages: readonly (HttpMessageJson | undefined)[]): string[] =>
  messages.flatMap(message => (message?.headers ?? []).map(([name, value]) => `${name}: ${value}`))

function bodies({ exchange }: ReportFlow, way: 'both' | 'C>S' | 'S>C'): Texts {
  const { request, response, messages = [] } = exchange ?? {}
  const kept: readonly (BodyJson | undefined)[] = [
    ...(way === 'S>C' ? [] : [request?.body]),
    ...(way === 'C>S' ? [] : [response?.body]),
    ...messages.filter(({ direction }) => way === 'both' || direction === way).map(({ body }) => body),
  ]
  return kept.map(body => body?.text)
}

/** The URL as filters see it. */
export const urlOf = (row: ReportRow): string => originOf(row) + (row.path.startsWith('/') ? row.path : `/${row.path}`)

/** As a person reads it. */
function decoded(url: string): string | undefined {
  try {
    return decodeURIComponent(url)
  } catch {
    return undefined
  }
}

const asset = new RegExp(assetTypes, 'i')

const flags: Readonly<Record<FlagName, (row: ReportRow) => boolean>> = {
  a: row => row.contentType !== undefined && asset.test(row.contentType),
  acted: row => row.acted !== undefined,
  cancelled: row => row.state === 'cancelled',
  e: row => row.problem || row.state === 'aborted',
  http: row => row.kind === 'exchange',
  websocket: row => row.protocol === 'websocket',
  tcp: row => row.kind === 'connection',
  q: row => row.kind === 'exchange' && row.status === undefined,
  s: row => row.status !== undefined,
  differs: row => row.differs === true,
  marked: row => row.marked === true,
  failed: row => row.state === 'aborted',
}

const ranged: Readonly<Record<RangeName, (row: ReportRow) => number | undefined>> = {
  c: row => row.status,
  conn: row => row.connection,
  size: row => row.requestBytes + row.responseBytes,
  dur: row => row.duration,
}

const inRange = ({ from, to }: Range, value: number | undefined): boolean =>
  value !== undefined &&
  (!from || (from.open ? value > from.value : value >= from.value)) &&
  (!to || (to.open ? value < to.value : value <= to.value))
