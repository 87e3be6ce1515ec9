import { findTokens } from '../../formats/jwt.ts'
import type { Exchange, Side } from '../../model/exchange.ts'
import { cookieLines } from './cookies.ts'
import { graphqlQueryLines } from './graphql.ts'
import { tokenLines } from './jwt.ts'
import type { BodyLine } from './outline.ts'
import { queryLines } from './query.ts'

/** Something that stands in the head of a message and is worth a table of its own. */
export interface Facet {
  readonly kind: 'query' | 'graphql' | 'cookies' | 'jwt'
  readonly title: string
  readonly lines: readonly BodyLine[]
}

/** Query, cookies and tokens of one side's head; only those that are there. `now` in ms since the epoch, for tokens. */
export function facetsOf(exchange: Exchange, side: Side, maxLines = 1000, now?: number): readonly Facet[] {
  const headers = exchange[side]?.head.headers ?? []
  const target = side === 'request' ? exchange.request.head.path || exchange.request.head.target : ''
  const tokens = findTokens([target, ...headers.map(([, value]) => value)].join('\n'))
  const found: readonly [Facet['kind'], string, readonly BodyLine[] | undefined][] = [
    ['query', 'Query', queryLines(target, maxLines)],
    ['graphql', 'GraphQL', graphqlQueryLines(target, maxLines)],
    ['cookies', 'Cookies', cookieLines(headers, maxLines)],
    ['jwt', 'JSON Web Tokens', tokens.length > 0 ? tokenLines(tokens, maxLines, now) : undefined],
  ]
  return found.flatMap(([kind, title, lines]) => (lines ? [{ kind, title, lines }] : []))
}
