import type { Filter } from '../../filter/ast.ts'
import type { ComparisonSign, Expectation } from '../../filter/expectation.ts'
import type { Capture } from '../../store/capture.ts'
import type { FlowRow } from '../../store/queries.ts'
import { counted } from '../../view/format.ts'

/** What became of an expectation. */
export interface Judgement {
  readonly expectation: string
  readonly holds: boolean
  /** How many flows it is about, and how many of them fit. */
  readonly flows: number
  readonly fit: number
  /** What was found, in a sentence without a stop. */
  readonly sentence: string
  /** Flows that speak against it: the first ones, and how many there are. */
  readonly against: readonly FlowRow[]
  readonly againstCount: number
}

export interface JudgeOptions {
  /** `all` holds where there is no flow to judge. */
  readonly allowEmpty: boolean
  /** So many of the flows against it are told. */
  readonly most: number
}

/** Judges one expectation by what is recorded. Throws StoreError. */
export function judge(capture: Capture, expectation: Expectation, options: JudgeOptions): Judgement {
  const { kind, text, filter } = expectation
  const among = kind === 'all' ? expectation.among : undefined
  const flows = capture.count(among)
  const fit = capture.count(both(among, filter))
  const found = { expectation: text, flows, fit, ...findingOf(expectation, flows, fit, options.allowEmpty) }
  const wrong = found.holds ? undefined : againstIt(expectation)
  if (!wrong) return { ...found, against: [], againstCount: 0 }
  const against = capture.flows({ filter: wrong, limit: options.most })
  return { ...found, against, againstCount: kind === 'all' ? flows - fit : fit }
}

const both = (among: Filter | undefined, filter: Filter): Filter =>
  among ? { type: 'and', of: [among, filter] } : filter

type Finding = Pick<Judgement, 'holds' | 'sentence'>

function findingOf(expectation: Expectation, flows: number, fit: number, allowEmpty: boolean): Finding {
  switch (expectation.kind) {
    case 'all': {
      if (flows === 0) return { holds: allowEmpty, sentence: expectation.among ? noneAmong : noFlows }
      const left = flows - fit
      return {
        holds: left === 0,
        sentence:
          left === 0 ? allFit(flows) : `${left} of ${counted(flows, 'flow')} ${left === 1 ? 'does' : 'do'} not fit`,
      }
    }
    case 'no':
      return { holds: fit === 0, sentence: fitting(fit, flows) }
    case 'some':
      return { holds: fit > 0, sentence: fitting(fit, flows) }
    case 'count':
      return { holds: compare[expectation.comparison](fit, expectation.number), sentence: fitting(fit, flows) }
  }
}

const noFlows = 'the capture has no flows, so nothing was judged (--allow-empty)'
const noneAmong = 'no flow fits what stands before "are", so nothing was judged (--allow-empty)'

const allFit = (flows: number): string => (flows === 1 ? 'the only flow fits' : `all ${counted(flows, 'flow')} fit`)

const fitting = (fit: number, flows: number): string =>
  `${fit === 0 ? 'none' : fit} of ${counted(flows, 'flow')} ${fit === 1 ? 'fits' : 'fit'}`

const compare: Readonly<Record<ComparisonSign, (fit: number, number: number) => boolean>> = {
  '<': (fit, number) => fit < number,
  '<=': (fit, number) => fit <= number,
  '==': (fit, number) => fit === number,
  '>=': (fit, number) => fit >= number,
  '>': (fit, number) => fit > number,
}

/** The flows to show where an expectation does not hold; none where it is that there are too few. */
function againstIt(expectation: Expectation): Filter | undefined {
  const { kind, filter } = expectation
  if (kind === 'all') return both(expectation.among, { type: 'not', of: filter })
  return kind === 'some' ? undefined : filter
}
