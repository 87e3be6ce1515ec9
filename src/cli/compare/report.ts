import { counted } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import type { Compared, Finding, OnlyFinding, PairFinding } from './compare-captures.ts'
import type { Difference } from './handshake-differences.ts'

const mostText = 120 // characters of a value

/** For people: a line for each pair that differs with the differences below it, or for what is in one capture alone. Printable. */
export const findingLines = (finding: Finding): readonly string[] =>
  ('differences' in finding ? pairLines(finding) : [onlyLine(finding)]).map(line => printable(line))

function pairLines({ kind, name, left, right, differences }: PairFinding): readonly string[] {
  const sign = kind === 'connections' ? 'c' : '#'
  return [`≠ ${name}  ${sign}${left} ↔ ${sign}${right}`, ...differences.map(differenceLine)]
}

function onlyLine({ kind, of, name, id, spare }: OnlyFinding): string {
  const [mark, where] = kind === 'only-left' ? ['-', 'first'] : ['+', 'second']
  const what = of === 'connection' ? `connection ${name}  c${id}` : `${name}  #${id}`
  if (spare) return `· only in the ${where}: ${what}  (both have others of this host)`
  return `${mark} only in the ${where}: ${what}`
}

const differenceLine = ({ label, was, is, why }: Difference): string =>
  `    ${label}: ${was === is ? short(was ?? 'none') : `${short(was ?? 'none')} → ${short(is ?? 'none')}`}${why === undefined ? '' : `  ${short(why)}`}`

const short = (text: string): string => (text.length > mostText ? `${text.slice(0, mostText)}…` : text)

/** For programs, a line each: compare.schema.json describes every member. Write it with `jsonText`. */
export const findingJson = (finding: Finding): object => ({ version: 1, ...finding })

/** How much differs. */
export interface Sum extends Compared {
  readonly differentConnections: number
  readonly differentFlows: number
  /** Connections of hosts, and flows, that only one capture has. */
  readonly onlyLeft: number
  readonly onlyRight: number
}

export const nothingCounted = { differentConnections: 0, differentFlows: 0, onlyLeft: 0, onlyRight: 0 }

type Counted = typeof nothingCounted

/** The sum with one finding more. */
export function count(sum: Counted, finding: Finding): Counted {
  switch (finding.kind) {
    case 'connections':
      return { ...sum, differentConnections: sum.differentConnections + 1 }
    case 'flows':
      return { ...sum, differentFlows: sum.differentFlows + 1 }
    case 'only-left':
      return finding.spare ? sum : { ...sum, onlyLeft: sum.onlyLeft + 1 }
    case 'only-right':
      return finding.spare ? sum : { ...sum, onlyRight: sum.onlyRight + 1 }
  }
}

export const isSame = ({ differentConnections, differentFlows, onlyLeft, onlyRight }: Counted): boolean =>
  differentConnections + differentFlows + onlyLeft + onlyRight === 0

/** The last line. */
export function sumLine(sum: Sum): string {
  const { connections, flows, differentConnections, differentFlows, onlyLeft, onlyRight } = sum
  const compared = `${counted(connections, 'connection')} and ${counted(flows, 'flow')} compared`
  if (isSame(sum)) return `${compared}: no difference`
  const different = [
    differentConnections > 0 && counted(differentConnections, 'connection'),
    differentFlows > 0 && counted(differentFlows, 'flow'),
  ].filter(each => each !== false)
  const told = [
    different.length > 0 &&
      `${different.join(' and ')} ${differentConnections + differentFlows === 1 ? 'differs' : 'differ'}`,
    onlyLeft > 0 && `${onlyLeft} only in the first`,
    onlyRight > 0 && `${onlyRight} only in the second`,
  ]
  return `${compared}: ${told.filter(each => each !== false).join(', ')}`
}

export const sumJson = (left: string, right: string, sum: Sum): object => ({
  ...{ version: 1, kind: 'sum', left, right, same: isSame(sum) },
  ...sum,
})
