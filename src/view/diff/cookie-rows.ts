import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Exchange, Side } from '../../model/exchange.ts'
import { requestCookies, responseCookies } from '../body/cookies.ts'
import { flowRow } from './flow-row.ts'

const mostCookies = 200

/** A row for each cookie by name, with its attributes where it is set. */
export function cookieRows(left: Exchange, right: Exchange, side: Side): readonly ComparisonRow[] {
  const [ours, theirs] = [cookiesOf(left, side), cookiesOf(right, side)]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].slice(0, mostCookies)
  const label = side === 'request' ? 'Cookie' : 'Set-Cookie'
  return names.flatMap(name => flowRow(`${side}-cookie:${name}`, `${label} ${name}`, ours.get(name), theirs.get(name)))
}

/** The last of a name counts. */
function cookiesOf(exchange: Exchange, side: Side): ReadonlyMap<string, string> {
  const headers = exchange[side]?.head.headers ?? []
  if (side === 'request') return new Map(requestCookies(headers))
  return new Map(
    responseCookies(headers).map(({ name, value, attributes }) => [
      name,
      [value, ...attributes.map(([key, word]) => (word === '' ? key : `${key}=${word}`))].join('; '),
    ]),
  )
}
