import { median, type Round } from './measure.ts'
import { largeBody } from './origin.ts'
import type { Measure, Scenario } from './scenarios.ts'

/** A peer over relay: the median of the rounds' ratios and how far they spread. */
export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
}

export interface Outcome {
  readonly scenario: Scenario
  readonly relay: readonly Round[]
  /** Empty where it was not asked for. */
  readonly tapped: readonly Round[]
  readonly parley: readonly Round[]
}

type Quantity = Measure | 'processLater'

export function ratio({ relay, ...outcome }: Outcome, quantity: Quantity, of: 'parley' | 'tapped' = 'parley'): Ratio {
  const ratios = outcome[of].map((round, i) => round[quantity] / relay[i]![quantity])
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
}

const both = (quantity: Quantity, { relay, parley, scenario }: Outcome, digits: number): string => {
  const scale = scenario.unit === 'gigabyte' ? 1e9 / largeBody / (quantity === 'seconds' ? 1 : 1e6) : 1
  const share = (round: Round): number => (round[quantity] / (quantity === 'seconds' ? round.requests : 1)) * scale
  return [relay, parley].map(rounds => median(rounds.map(share)).toFixed(digits)).join(' → ')
}

function judged(outcome: Outcome, quantity: Quantity, goal: number | undefined): string {
  const { median: middle, least, most } = ratio(outcome, quantity)
  const spread = `${middle.toFixed(2)} [${least.toFixed(2)}–${most.toFixed(2)}]`
  return goal === undefined ? spread : `${spread} ${middle <= goal ? 'ok' : 'OVER'} (${goal.toFixed(1)})`
}

const head = ['scenario', 'engine', 'ratio (goal)', 'process', 'ratio (goal)', 'process, with later work', 'ratio']

/** CPU of relay → Parley and the ratio, a row a scenario. */
export function cpuTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(outcome => {
    const { name, goals, unit } = outcome.scenario
    const digits = unit === 'gigabyte' ? 2 : 1
    const cell = (quantity: Quantity): string => both(quantity, outcome, digits)
    return [
      `${name}, ${unit === 'gigabyte' ? 's/GB' : 'µs/req'}`,
      cell('engine'),
      judged(outcome, 'engine', goals.engine),
      cell('process'),
      judged(outcome, 'process', goals.process),
      cell('processLater'),
      judged(outcome, 'processLater', undefined),
    ]
  })
  return aligned([head, ...rows])
}

/** What it costs to see every byte below TLS and to keep nothing of it. */
export function floorLine(outcome: Outcome): string {
  const [engine, whole] = (['engine', 'process'] as const).map(of => ratio(outcome, of, 'tapped').median.toFixed(2))
  return `${outcome.scenario.name}, a relay with nothing but Parley's taps: engine ${engine}, process ${whole}`
}

/** Time that a person or a client sees. */
export function timeLines(outcome: Outcome): readonly string[] {
  const { scenario } = outcome
  if (scenario.shape === 'download')
    return [`download, wall s/GB: ${both('seconds', outcome, 2)}, ratio ${judged(outcome, 'seconds', undefined)}`]
  if (scenario.shape !== 'paced') return []
  return (['p50', 'p99'] as const).map(
    at => `latency ${at}, ms: ${both(at, outcome, 2)}, ratio ${judged(outcome, at, undefined)}`,
  )
}

/** Where the process's time goes, dearest thread first; the median of the rounds. */
export function threadShares(rounds: readonly Round[]): string {
  const names = [...new Set(rounds.flatMap(({ threads }) => Object.keys(threads)))]
  return names
    .map(name => ({ name, time: median(rounds.map(({ threads }) => threads[name] ?? 0)) }))
    .filter(({ time }) => time >= 0.05)
    .sort((a, b) => b.time - a.time)
    .map(({ name, time }) => `${name} ${time.toFixed(1)}`)
    .join(', ')
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
