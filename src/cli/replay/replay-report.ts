import { counted, formatDuration } from '../../view/format.ts'
import { percentile } from '../../view/percentile.ts'
import { printable } from '../../view/printable.ts'
import type { AnswerDifference } from './answer-differences.ts'
import type { Repetition, ReplayedFlow } from './replay-flow.ts'

const mostText = 120 // characters of a value

export const isSame = ({ differences }: Repetition): boolean => differences.length === 0

/** A line for a flow, then one for each difference; all printable. */
export function replayLines({ flow, head, recorded, repetitions }: ReplayedFlow): readonly string[] {
  const different = repetitions.filter(one => !isSame(one))
  const mark = different.length === 0 ? '=' : '≠'
  const first = `${mark} #${flow}  ${head.method} ${urlOf(head)}  ${statuses(recorded, repetitions)}  ${times(repetitions)}`
  const some =
    repetitions.length > 1 && different.length > 0
      ? [`    ${different.length} of ${repetitions.length} answers differ:`]
      : []
  const told = new Set(different.flatMap(({ differences }) => differences.map(differenceLine)))
  return [first.trimEnd(), ...some, ...told].map(line => printable(line))
}

const urlOf = ({ scheme, authority, path }: ReplayedFlow['head']): string => `${scheme}://${authority}${path}`

/** `200`, `200 → 500`, or `3 × 200, 1 × failed`. */
function statuses(recorded: number | undefined, repetitions: readonly Repetition[]): string {
  const counts = countBy(
    repetitions.map(({ answered: { head, problem } }) => (problem ? 'failed' : String(head?.status))),
  )
  const is = [...counts].map(([status, count]) => (repetitions.length > 1 ? `${count} × ${status}` : status)).join(', ')
  return repetitions.length > 1 || is === String(recorded) ? is : `${recorded ?? 'no answer'} → ${is}`
}

function times(repetitions: readonly Repetition[]): string {
  const all = repetitions.filter(({ answered }) => !answered.problem).map(({ answered }) => answered.endedAfter)
  const [half, most] = [percentile(all, 50), percentile(all, 95)]
  if (half === undefined) return ''
  return all.length > 1 ? `p50 ${formatDuration(half)}  p95 ${formatDuration(most!)}` : formatDuration(half)
}

const differenceLine = ({ what, was, is }: AnswerDifference): string =>
  `    ${what}: ${was === undefined ? 'none' : short(was)} → ${is === undefined ? 'none' : short(is)}`

const short = (text: string): string => (text.length > mostText ? `${text.slice(0, mostText)}…` : text)

export function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** What `--json` prints of a flow, in one line. Texts are exactly the network's. */
export const replayJson = ({ flow, head, recorded, repetitions }: ReplayedFlow): object => ({
  version: 1,
  flow,
  method: head.method,
  url: urlOf(head),
  same: repetitions.every(isSame),
  ...(recorded !== undefined && { recorded }),
  answers: repetitions.map(({ answered, differences }) => ({
    ...(answered.connection !== undefined && { connection: answered.connection }),
    ...(answered.head && { status: answered.head.status }),
    ...(answered.headAfter !== undefined && { headAfter: answered.headAfter }),
    endedAfter: answered.endedAfter,
    bodyBytes: answered.bodyBytes,
    ...(answered.problem && { problem: answered.problem }),
    differences,
  })),
})

/** How many flows were sent again, answered otherwise, and could not be sent. */
export interface ReplayCounts {
  readonly repeated: number
  readonly different: number
  readonly skipped: number
}

/** The last line. */
export function replaySummary({ repeated, different, skipped }: ReplayCounts): string {
  const passed = skipped > 0 ? `; ${counted(skipped, 'flow')} could not be repeated` : ''
  if (repeated === 0) return `no flow was repeated${passed}`
  const answered = different === 0 ? 'all answered as recorded' : `${different} answered otherwise`
  return `${counted(repeated, 'flow')} repeated, ${answered}${passed}`
}
