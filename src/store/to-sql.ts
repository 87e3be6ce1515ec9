import type { SQLInputValue } from 'node:sqlite'
import type { Filter, FlagName, PatternName, Range } from '../filter/ast.ts'
import { readablePattern } from '../filter/readable-url.ts'
import { assetTypes } from '../filter/searched-text.ts'
import type { ExchangeId } from '../model/exchange.ts'
import { hasFailed, states } from './codes.ts'
import { likeOf, likeParts } from './like.ts'

/** A condition over `flows f` that is 0 or 1, never NULL, with the values of its question marks in order. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/**
 * The filter as a condition. What is asked of origins, content types and connections is asked once of those small tables,
 * and then by number. Headers, bodies, WebSocket messages and acts are asked through functions of the reader:
 * `header_matches(pattern, side, id)`, `body_matches`, `stream_matches` and `rule_matches(pattern, id)`, beside
 * `regexp(pattern, text)`; they come last.
 */
export function toSql(filter: Filter | Among): Condition {
  switch (filter.type) {
    case 'among': {
      const { sql, values } = toSql(filter.of)
      const among = 'f.id IN (SELECT value FROM json_each(?))'
      return { sql: `(${among} AND ${sql})`, values: [JSON.stringify(filter.ids), ...values] }
    }
    case 'all':
      return plain('1')
    case 'not': {
      const { sql, values } = toSql(filter.of)
      return { sql: `NOT ${sql}`, values }
    }
    case 'and':
    case 'or': {
      const parts = filter.of.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b))).map(toSql)
      const word = filter.type === 'and' ? ' AND ' : ' OR '
      return { sql: `(${parts.map(part => part.sql).join(word)})`, values: parts.flatMap(part => part.values) }
    }
    case 'flag':
      return flags[filter.name]
    case 'range':
      return rangeSql(ranged[filter.name], filter.range)
    case 'pattern':
      return patterns[filter.name](filter.pattern)
  }
}

/** Flows that are known by their ids, and of these the ones that fit. */
export interface Among {
  readonly type: 'among'
  readonly ids: readonly ExchangeId[]
  readonly of: Filter
}

/** Where the filter reads more than the narrow table, and a scan is slow: ask it in pieces. */
export const isSlow = (filter: Filter): boolean =>
  filter.type === 'not'
    ? isSlow(filter.of)
    : filter.type === 'and' || filter.type === 'or'
      ? filter.of.some(isSlow)
      : filter.type === 'pattern' && /^([bh]|(all|rule)$)/.test(filter.name)

const plain = (sql: string): Condition => ({ sql, values: [] })

const either = (...conditions: readonly Condition[]): Condition => ({
  sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  values: conditions.flatMap(({ values }) => values),
})

const like = (expression: string, pattern: string): Condition => ({
  sql: `ifnull(${expression} LIKE ? ESCAPE '\\', 0)`,
  values: [pattern],
})

/** `expression` is NULL where the flow has no such text. */
function textMatches(expression: string, pattern: string): Condition {
  const plainer = likeOf(pattern)
  return plainer === undefined
    ? { sql: `ifnull(regexp(?, ${expression}), 0)`, values: [pattern] }
    : like(expression, plainer)
}

/** The flows whose `column` names a row of `table` that matches. */
function rowMatches(column: string, table: string, condition: Condition): Condition {
  const sql = `ifnull(f.${column} IN (SELECT id FROM ${table} WHERE ${condition.sql}), 0)`
  return { sql, values: condition.values }
}

const typeMatches = (column: string, pattern: string): Condition =>
  rowMatches(column, 'content_types', textMatches('text', pattern))

const connectionMatches = (columns: readonly string[], pattern: string): Condition =>
  rowMatches('connection', 'connections', either(...columns.map(column => textMatches(column, pattern))))

/** The processes are few, and an index leads from them to their connections. */
function processMatches(pattern: string): Condition {
  const { sql, values } = either(textMatches('name', pattern), textMatches('command', pattern))
  const of = { sql: `process IN (SELECT id FROM processes WHERE ${sql})`, values }
  return rowMatches('connection', 'connections', of)
}

const slashed = "CASE WHEN substr(f.path, 1, 1) = '/' THEN f.path ELSE '/' || f.path END"
const maxCuts = 8

/** In the URL as it was sent, or as a person reads it. */
function urlMatches(pattern: string): Condition {
  const read = readablePattern(pattern)
  const sent = sentUrlMatches(pattern)
  return read === undefined
    ? sent
    : either(sent, { sql: `ifnull(regexp(?, readable_url(${wholeUrl})), 0)`, values: [read] })
}

const wholeUrl = `(SELECT text FROM origins WHERE id = f.origin) || ${slashed}`

/**
 * Joining origin and path for every flow is slow. A pattern without anchors matches in the path, in the origin, or across:
 * then one of its characters is the slash where the path starts, what is before it ends the origin, and the rest starts the
 * path.
 */
function sentUrlMatches(pattern: string): Condition {
  const parts = likeParts(pattern)
  const tokens = parts?.tokens ?? []
  const cuts = tokens.flatMap((token, at) => (token === '/' || token === '_' ? [at] : []))
  if (!parts || parts.anchored.start || parts.anchored.end || cuts.length > maxCuts) {
    return textMatches(wholeUrl, pattern)
  }
  const whole = `%${tokens.join('')}%`
  return either(
    like('f.path', whole),
    rowMatches('origin', 'origins', like('text', whole)),
    ...cuts.map(at => {
      const origin = rowMatches('origin', 'origins', like('text', `%${tokens.slice(0, at).join('')}`))
      const path = like(slashed, `${tokens.slice(at).join('')}%`)
      return { sql: `(${origin.sql} AND ${path.sql})`, values: [...origin.values, ...path.values] }
    }),
  )
}

const commentMatches = (pattern: string): Condition =>
  rowMatches('id', "(SELECT flow AS id, comment FROM notes WHERE comment <> '')", textMatches('comment', pattern))

const partMatches = (part: 'header' | 'body' | 'stream', side: number, pattern: string): Condition => ({
  sql: `${part}_matches(?, ${side}, f.id)`,
  values: [pattern],
})

const headersMatch = (pattern: string): Condition =>
  either(partMatches('header', 0, pattern), partMatches('header', 1, pattern))

function bodyMatches(side: number, pattern: string): Condition {
  const { sql, values } = partMatches('stream', side, pattern)
  return either(partMatches('body', side, pattern), { sql: `(f.protocol = 'websocket' AND ${sql})`, values })
}

const bodiesMatch = (pattern: string): Condition => either(bodyMatches(0, pattern), bodyMatches(1, pattern))

const patterns: Readonly<Record<PatternName, (pattern: string) => Condition>> = {
  all: pattern => either(urlMatches(pattern), commentMatches(pattern), headersMatch(pattern), bodiesMatch(pattern)),
  b: bodiesMatch,
  bq: pattern => bodyMatches(0, pattern),
  bs: pattern => bodyMatches(1, pattern),
  h: headersMatch,
  hq: pattern => partMatches('header', 0, pattern),
  hs: pattern => partMatches('header', 1, pattern),
  t: pattern => either(typeMatches('request_type', pattern), typeMatches('content_type', pattern)),
  tq: pattern => typeMatches('request_type', pattern),
  ts: pattern => typeMatches('content_type', pattern),
  comment: commentMatches,
  d: pattern => rowMatches('origin', 'origins', textMatches('host', pattern)),
  u: urlMatches,
  m: pattern => textMatches('f.method', pattern),
  proto: pattern => textMatches('f.protocol', pattern),
  src: pattern => connectionMatches(['client_address'], pattern),
  dst: pattern => connectionMatches(['upstream_address'], pattern),
  process: processMatches,
  rule: pattern => ({ sql: '(f.acted <> 0 AND rule_matches(?, f.id))', values: [pattern] }),
  sni: pattern => connectionMatches(['server_name'], pattern),
  alpn: pattern => connectionMatches(['client_alpn', 'upstream_alpn'], pattern),
  tls: pattern => connectionMatches(['client_version', 'upstream_version'], pattern),
  cipher: pattern => connectionMatches(['client_cipher', 'upstream_cipher'], pattern),
  ja4: pattern => connectionMatches(['client_ja4', 'upstream_ja4'], pattern),
  group: pattern => connectionMatches(['client_group', 'upstream_group'], pattern),
}

const flags: Readonly<Record<FlagName, Condition>> = {
  a: typeMatches('content_type', assetTypes),
  acted: plain('(f.acted <> 0)'),
  cancelled: plain(`(f.state = ${states.indexOf('cancelled')})`),
  e: plain(`(f.problem = 1 OR ${hasFailed('f')})`),
  http: plain('(f.kind = 0)'),
  websocket: plain("(f.protocol = 'websocket')"),
  tcp: plain('(f.kind = 1)'),
  q: plain('(f.kind = 0 AND f.status IS NULL)'),
  s: plain('(f.status IS NOT NULL)'),
  marked: plain('(f.id IN (SELECT flow FROM notes WHERE marked = 1))'),
  differs: rowMatches('connection', 'connections', plain('differs = 1')),
  failed: plain(`(${hasFailed('f')})`),
}

const ranged = { c: 'f.status', conn: 'f.connection', size: '(f.request_bytes + f.response_bytes)', dur: 'f.duration' }

function rangeSql(expression: string, { from, to }: Range): Condition {
  const bounds = [
    ...(from ? [{ sql: `${expression} ${from.open ? '>' : '>='} ?`, values: [from.value] }] : []),
    ...(to ? [{ sql: `${expression} ${to.open ? '<' : '<='} ?`, values: [to.value] }] : []),
  ]
  const sql = `ifnull(${bounds.map(bound => bound.sql).join(' AND ')}, 0)`
  return { sql, values: bounds.flatMap(bound => bound.values) }
}
