import type { Filter } from '../filter/ast.ts'
import { originOf } from '../filter/flow.ts'
import { type FlowFacts, type Matcher, matcherFor } from '../filter/match.ts'
import { compilePattern } from '../filter/pattern.ts'
import { endpointText } from '../filter/searched-text.ts'
import type { Agreed } from '../model/connection.ts'
import type { AwaitedProcess, ConnectionFacts } from './rulings.ts'

/** Whether something matches; undefined while that is not known. */
export type Answer<Facts> = (facts: Facts) => boolean | undefined

type Leaf = Extract<Filter, { name: unknown }>

/** The filter as a function over facts that may not be complete (Kleene's three values). */
function threeValued<Facts>(filter: Filter, leafOf: (leaf: Leaf) => Answer<Facts>): Answer<Facts> {
  switch (filter.type) {
    case 'all':
      return () => true
    case 'not': {
      const inner = threeValued(filter.of, leafOf)
      return facts => {
        const value = inner(facts)
        return value === undefined ? undefined : !value
      }
    }
    case 'and':
    case 'or': {
      const inner = filter.of.map(each => threeValued(each, leafOf))
      const decides = filter.type === 'or'
      return facts => first(inner, facts, decides)
    }
    default:
      return leafOf(filter)
  }
}

/** `decides` as soon as one says so; its opposite where all do. */
function first<Facts>(inner: readonly Answer<Facts>[], facts: Facts, decides: boolean): boolean | undefined {
  let unknown = false
  for (const each of inner) {
    const value = each(facts)
    if (value === decides) return decides
    unknown ||= value === undefined
  }
  return unknown ? undefined : !decides
}

/**
 * What a filter says of all messages of a connection. The name in a message may be another than that of the connection,
 * where the client did not say it in its hello: then a host is not known. `asWhole`: the connection itself is asked about,
 * and its host is the one it has.
 */
export const connectionAnswer = (filter: Filter, asWhole = false): Answer<ConnectionFacts> =>
  threeValued(filter, leaf => connectionLeaf(leaf, asWhole))

function connectionLeaf(leaf: Leaf, asWhole: boolean): Answer<ConnectionFacts> {
  if (leaf.type === 'flag') return leaf.name === 'http' ? () => true : () => undefined
  if (leaf.type === 'range') {
    if (leaf.name !== 'conn') return () => undefined
    const matches = matcherFor(leaf)
    return ({ id }) => matches({ flow: { connection: id } } as FlowFacts)
  }
  const sought = compilePattern(leaf.pattern)
  const test = (text: string | undefined): boolean | undefined => (text === undefined ? undefined : sought.test(text))
  const isSure = ({ serverName }: ConnectionFacts): boolean => asWhole || serverName !== undefined
  switch (leaf.name) {
    case 'd':
      return facts => (isSure(facts) ? test(facts.host) : undefined)
    case 'sni':
      return ({ serverName }) => test(serverName)
    case 'src':
      return ({ client }) => test(endpointText(client))
    case 'dst':
      return ({ server }) => test(endpointText(server))
    case 'alpn':
      return ({ alpn }) => test(alpn)
    case 'tls':
      return facts => ofTls(facts, ({ version }) => sought.test(version))
    case 'cipher':
      return facts => ofTls(facts, ({ cipherSuite }) => sought.test(cipherSuite))
    case 'process': {
      const matches = matcherFor(leaf)
      return ({ process }) => matchesProcess(matches, process)
    }
    case 'u':
      return facts => (isSure(facts) ? urlAnswer(leaf.pattern, sought, originWithSlash(facts)) : undefined)
    default:
      return () => undefined
  }
}

/** Whether it is so on one of the legs; in clear on none. */
function ofTls({ tls, scheme }: ConnectionFacts, is: (agreed: Agreed) => boolean): boolean | undefined {
  if (!tls) return scheme === 'http' ? false : undefined
  return [tls.client, tls.server].some(agreed => agreed !== undefined && is(agreed))
}

/** What is not known matches neither a filter nor its opposite. */
function matchesProcess(matches: Matcher, process: AwaitedProcess | undefined): boolean | undefined {
  const known = process?.now
  return known && matches({ connection: { process: known } } as FlowFacts)
}

function originWithSlash({ scheme, host, port }: ConnectionFacts): string {
  const isDefault = port === (scheme === 'https' ? 443 : 80)
  return `${originOf({ scheme, host, ...(isDefault ? {} : { port }) })}/`
}

/** What the beginning of a URL says of all URLs that begin so. */
function urlAnswer(pattern: string, sought: { test(text: string): boolean }, start: string): boolean | undefined {
  if (!/\$|\\[bBzZ]/.test(pattern) && sought.test(start)) return true // what follows cannot undo it
  const [, literal = ''] = /^\^((?:[\w:/-]|\\[./:-])+)(?![*+?{])/.exec(pattern.includes('|') ? '' : pattern) ?? []
  const wanted = literal.replaceAll('\\', '').toLowerCase()
  const length = Math.min(wanted.length, start.length)
  return wanted.slice(0, length) === start.slice(0, length) ? undefined : false
}

/** What is known of a message: `pending` is the side whose body may still come. */
export interface MessageFacts extends FlowFacts {
  readonly pending?: 'request' | 'response'
  /** Which program opened its connection, as far as it is known by now. */
  readonly process?: AwaitedProcess
}

/** What a filter says of a message as it passes; undefined while that hangs on a body that is still to come. */
export const messageAnswer = (filter: Filter): Answer<MessageFacts> => threeValued(filter, messageLeaf)

function messageLeaf(leaf: Leaf): Answer<MessageFacts> {
  const matches = matcherFor(leaf)
  if (leaf.name === 'process') return ({ process }) => matchesProcess(matches, process)
  const waits = waitsFor(leaf)
  if (waits.length === 0) return matches
  return facts => matches(facts) || (facts.pending !== undefined && waits.includes(facts.pending) ? undefined : false)
}

function waitsFor({ name }: Leaf): readonly ('request' | 'response')[] {
  if (name === 'b' || name === 'all') return ['request', 'response']
  return name === 'bq' ? ['request'] : name === 'bs' ? ['response'] : []
}
