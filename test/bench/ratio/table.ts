import { type Part, parts } from './cpu.ts'
import { median, type Round } from './measure.ts'
import { largeBody } from './origin.ts'
import type { PeerName } from './peers.ts'
import type { Judged, Scenario } from './scenarios.ts'

/** A peer over relay: the median of the rounds' ratios and how far they spread. */
export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
}

export interface Outcome {
  readonly scenario: Scenario
  /** Windows until V8 had compiled; 0 if the ratio never came to rest. */
  readonly windows: number
  readonly rounds: readonly Rounds[]
}

/** One round of each peer that was asked for, the relay among them. */
export type Rounds = Readonly<Record<PeerName, Round>>

const over = (ratios: readonly number[]): Ratio => ({
  median: median(ratios),
  least: Math.min(...ratios),
  most: Math.max(...ratios),
})

/** What a scenario's peers are measured by. */
export const baseOf = ({ acting, overOpenssl }: Scenario): PeerName =>
  overOpenssl ? 'openssl' : acting ? 'parley' : 'relay'

/** The peers of a scenario besides that one. */
export const peersOf = ({ acting, overOpenssl }: Scenario, compared: readonly PeerName[]): readonly PeerName[] =>
  acting ? (Object.keys(acting) as PeerName[]) : overOpenssl ? ['parley'] : compared

export const ratio = ({ scenario, rounds }: Outcome, peer: PeerName, what: Judged): Ratio =>
  over(rounds.map(round => round[peer][what] / round[baseOf(scenario)][what]))

/** Each part over the relay's whole: they add up to the ratio of `cpu`. */
export const partRatios = ({ scenario, rounds }: Outcome, peer: PeerName): Readonly<Record<Part, Ratio>> => {
  const of = (part: Part): Ratio => over(rounds.map(round => round[peer].parts[part] / round[baseOf(scenario)].cpu))
  return { engine: of('engine'), recorder: of('recorder'), pool: of('pool'), main: of('main'), v8: of('v8') }
}

const spread = ({ median, least, most }: Ratio): string =>
  `${median.toFixed(2)} [${least.toFixed(2)}–${most.toFixed(2)}]`

function judged(outcome: Outcome, peer: PeerName, what: Judged): string {
  const { goals, acting } = outcome.scenario
  const goal = what === 'cpu' && acting ? acting[peer] : goals[what]
  const found = ratio(outcome, peer, what)
  return goal === undefined ? spread(found) : `${spread(found)} ${found.median <= goal ? 'ok' : 'OVER'} (${goal})`
}

/** The medians of the base → peer. */
function both({ scenario, rounds }: Outcome, peer: PeerName, what: Judged, scale: number, digits: number): string {
  const of = (name: PeerName): string => (median(rounds.map(round => round[name][what])) * scale).toFixed(digits)
  return `${of(baseOf(scenario))} → ${of(peer)}`
}

const perGigabyte = 1e9 / largeBody

const head = ['scenario', 'CPU until idle', 'ratio (goal)', ...parts, 'warm after']

/** CPU of the base → peer, the ratio, and the parts of it; a row a scenario and peer. */
export function cpuTable(outcomes: readonly Outcome[], peers: readonly PeerName[]): string {
  const row = (outcome: Outcome, peer: PeerName): readonly string[] => {
    const { name, unit } = outcome.scenario
    const large = unit === 'gigabyte'
    return [
      `${name}${peer === 'parley' ? '' : ` ${peer}`}, ${large ? 's/GB' : 'µs/request'}`,
      both(outcome, peer, 'cpu', large ? perGigabyte / 1e6 : 1, large ? 2 : 1),
      judged(outcome, peer, 'cpu'),
      ...Object.values(partRatios(outcome, peer)).map(spread),
      outcome.windows > 0 ? `${outcome.windows} windows` : 'never',
    ]
  }
  return aligned([
    head,
    ...outcomes.flatMap(outcome => peersOf(outcome.scenario, peers).map(peer => row(outcome, peer))),
  ])
}

/** Time that a person or a client sees. */
export function timeLines(outcome: Outcome): readonly string[] {
  const line = (what: Judged, says: string, scale: number): string =>
    `${says}: ${both(outcome, 'parley', what, scale, 2)}, ratio ${judged(outcome, 'parley', what)}`
  const { shape } = outcome.scenario
  if (shape === 'download') return [line('seconds', 'download, wall s/GB', perGigabyte)]
  if (shape === 'paced') return [line('p50', 'latency p50, ms', 1), line('p99', 'latency p99, ms', 1)]
  return []
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join(' | ')
        .trimEnd(),
    )
    .join('\n')
}
