import { isDeepStrictEqual } from 'node:util'
import { alertOf, choiceOf, hellosOf, masked, putsMacInside, wasRetried } from './hello-bytes.ts'
import { type Fingerprints, fingerprintsByTshark } from './ja4-by-tshark.ts'
import type { Parley } from './parley.ts'
import type { Watched } from './watched.ts'

/** How it went for a client: what it got; the server did not want it; it did not want the server. */
export type Went = { readonly got: unknown } | { readonly refused: string } | { readonly gaveUp: string }

/** A client that asked twice: first directly, then through Parley. */
export interface Twice {
  readonly name: string
  readonly outcomes: readonly [direct: Went, through: Went]
  /** What the server got from the client. */
  readonly direct: readonly Watched[]
  /** What Parley got from the client. */
  readonly front: readonly Watched[]
  /** What the server got from Parley. */
  readonly arrived: readonly Watched[]
  /** Why OpenSSL's own client spoke after Parley's, as Parley says. */
  readonly openssl: string | undefined
}

/** A line for everything in which the server, or the client, could tell that Parley stood between them. */
export async function differences(
  folder: string,
  all: readonly Twice[],
  macInside: 'by OpenSSL' | 'by Parley' = 'by OpenSSL',
): Promise<readonly string[]> {
  const streams = all.flatMap(({ direct, front, arrived }) => [...direct, ...front, ...arrived].filter(saysHello))
  const told = await fingerprintsByTshark(folder, streams)
  const fingerprints = new Map(streams.map((stream, index) => [stream, told[index]]))
  return all.flatMap(each => {
    const rows = comparisons(each, macInside === 'by OpenSSL', watched => fingerprints.get(watched))
    return rows.flatMap(([what, expected, actual]) =>
      isDeepStrictEqual(expected, actual) ? [] : [`${each.name}: ${what}: ${apart(expected, actual)}`],
    )
  })
}

/** The one reason for which Parley may let OpenSSL speak: what JavaScript cannot do in constant time. */
const macInside = 'CBC without encrypt_then_mac'
const reasonIn = (text: string | undefined): string | undefined => (text?.includes(macInside) ? macInside : text)

type Row = readonly [what: string, expected: unknown, actual: unknown]

function comparisons(each: Twice, handsOn: boolean, told: (watched: Watched) => Fingerprints | undefined): Row[] {
  const [direct, front, all] = [each.direct, each.front, each.arrived].map(list => list.filter(saysHello)) as [
    Watched[],
    Watched[],
    Watched[],
  ]
  const arrived = each.openssl === undefined ? all : all.slice(0, front.length) // what OpenSSL said comes behind it
  const isAgreed = 'got' in each.outcomes[0]
  const wanted = handsOn && arrived.some(putsMacInside) ? macInside : undefined
  const of = <T>(watched: readonly Watched[], value: (one: Watched) => T): T[] => watched.map(value).sort()
  const distinct = (watched: readonly Watched[], value: (one: Watched) => unknown): unknown[] => [
    ...new Set(of(watched, value)),
  ]
  return [
    ['outcome', ...outcomesOf(each)],
    ['OpenSSL spoke because of', isAgreed ? wanted : reasonIn(each.openssl), reasonIn(each.openssl)],
    ['connections', front.length * (each.openssl === undefined ? 1 : 2), all.length],
    ['hello', of(front, firstHello), of(arrived, firstHello)],
    ['JA3 as it left', of(front, one => told(one)?.ja3), of(arrived, one => told(one)?.ja3)],
    ['JA4 as it left', of(front, one => told(one)?.ja4), of(arrived, one => told(one)?.ja4)],
    ['JA4 directly', distinct(direct, one => told(one)?.ja4), distinct(arrived, one => told(one)?.ja4)],
    ['HelloRetryRequest', direct.some(wasRetried), arrived.some(wasRetried)],
    ['what the server said first', distinct(direct, choiceOf), distinct(arrived, choiceOf)],
    ["the server's alert", distinct(direct, refusal), distinct(arrived, refusal)],
  ]
}

/** Where the client gave up, as it does where it only poses as one that could go on, Parley may well go on. */
function outcomesOf({ outcomes: [direct, through] }: Twice): readonly [unknown, unknown] {
  if ('gaveUp' in direct) return ['', '']
  if ('refused' in direct) return ['nothing', 'got' in through ? through : 'nothing']
  return [direct, through]
}

const refusal = (watched: Watched): number | undefined => alertOf(watched, 'to-client')

const saysHello = (watched: Watched): boolean => hellosOf(watched).length > 0
const firstHello = (watched: Watched): string => masked(hellosOf(watched)[0]!)

/** Both from where they part on. */
function apart(expected: unknown, actual: unknown): string {
  const [one, other] = [expected, actual].map(value => JSON.stringify(value) ?? 'nothing') as [string, string]
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const from = Math.max(0, at - 40)
  return [one, other].map(text => `${from > 0 ? '…' : ''}${text.slice(from, at + 200)}`).join('\n    but ')
}

/** By the port that was asked: why OpenSSL spoke there in the place of Parley's own client. */
export async function opensslSpoke(parley: Parley): Promise<ReadonlyMap<number | undefined, string | undefined>> {
  const rows = await parley.show()
  return new Map(rows.map(({ target, legs }) => [target?.port, legs.upstream?.openssl]))
}
