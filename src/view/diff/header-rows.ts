import type { ComparisonRow } from '../../compare/comparison.ts'
import type { Exchange, Header, Side } from '../../model/exchange.ts'
import { requestCookies, responseCookies } from '../body/cookies.ts'
import { flowRow } from './flow-row.ts'

interface Named {
  readonly label: string
  readonly values: string[]
}

const cookies = new Set(['cookie', 'set-cookie'])
const mostNames = 500

/** A row for each header by name, then one for their order where that alone differs. Cookies have rows of their own. */
export function headerRows(left: Exchange, right: Exchange, side: Side): readonly ComparisonRow[] {
  const [ours, theirs] = [named(left[side]?.head.headers ?? []), named(right[side]?.head.headers ?? [])]
  if (ours.size === 0 && theirs.size === 0) return []
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].slice(0, mostNames)
  return [
    ...names.flatMap(name => {
      const [a, b] = [ours.get(name), theirs.get(name)]
      return flowRow(
        `${side}-header:${name}`,
        `${titles[side]} ${(a ?? b)!.label}`,
        a?.values.join(', '),
        b?.values.join(', '),
      )
    }),
    ...orderRow([...ours.keys()], [...theirs.keys()], side),
    ...caseRow(ours, theirs, side),
  ]
}

const titles: Readonly<Record<Side, string>> = { request: 'Request', response: 'Response' }

function named(headers: readonly Header[]): ReadonlyMap<string, Named> {
  const all = new Map<string, Named>()
  for (const [label, value] of headers) {
    const name = label.toLowerCase()
    if (cookies.has(name)) continue
    const before = all.get(name)
    if (before) before.values.push(value)
    else all.set(name, { label, values: [value] })
  }
  return all
}

/** Compares the order of the names that both sides have. */
function orderRow(left: readonly string[], right: readonly string[], side: Side): readonly ComparisonRow[] {
  const [ours, theirs] = [new Set(left), new Set(right)]
  const a = left.filter(name => theirs.has(name))
  const b = right.filter(name => ours.has(name))
  if (a.every((name, i) => name === b[i])) return []
  const why = 'The same headers in a different order; some servers fingerprint clients by it.'
  return flowRow(`${side}-header-order`, `${titles[side]} header order`, a.join(', '), b.join(', '), why)
}

/** Header names written in another case; only HTTP/1 can. */
function caseRow(
  ours: ReadonlyMap<string, Named>,
  theirs: ReadonlyMap<string, Named>,
  side: Side,
): readonly ComparisonRow[] {
  const other = [...ours].filter(([name, { label }]) => (theirs.get(name)?.label ?? label) !== label)
  if (other.length === 0) return []
  const right = other.map(([name]) => theirs.get(name)!.label).join(', ')
  const left = other.map(([, { label }]) => label).join(', ')
  return flowRow(`${side}-header-case`, `${titles[side]} header case`, left, right)
}

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
