import type { ExchangeId, RequestHead } from '../../model/exchange.ts'
import type { Answered } from '../../proxy/own/whole-answer.ts'
import type { SendAsk } from '../threads/asks.ts'
import { type AnswerDifference, answerDifferences, type ComparedAnswer } from './answer-differences.ts'
import { askOf, type KeptRequests, type Repeated } from './ask-of.ts'
import { inParallel } from './in-parallel.ts'
import { mostCompared, recordedAnswer } from './recorded-answer.ts'

/** One answer beside the recorded one. */
export interface Repetition {
  readonly answered: Answered
  readonly differences: readonly AnswerDifference[]
}

/** A flow that was sent again, as often as was asked. */
export interface ReplayedFlow {
  readonly flow: ExchangeId
  readonly head: RequestHead
  /** Of the recorded answer; absent where there was none. */
  readonly recorded?: number
  readonly repetitions: readonly Repetition[]
}

export interface ReplayHow {
  readonly send: SendAsk
  /** How often, and how many at a time. */
  readonly times: number
  readonly atOnce: number
  /** ms for one answer */
  readonly timeout: number
  /** Names of fields, lower case. */
  readonly ignored: ReadonlySet<string>
  /** What becomes of the request before it is sent. */
  readonly change: (request: Repeated) => Repeated
  readonly signal: AbortSignal
}

/** Sends a flow of the capture again. A sentence says why it cannot be; undefined where it was called off. */
export async function replayFlow(
  capture: KeptRequests,
  flow: ExchangeId,
  how: ReplayHow,
): Promise<ReplayedFlow | string | undefined> {
  const repeated = askOf(capture, flow)
  if (typeof repeated === 'string') return repeated
  const request = how.change(repeated)
  const recorded = recordedAnswer(capture, flow)
  const ask = { ...request, timeout: how.timeout, keep: mostCompared }
  const all = await inParallel(Array.from({ length: how.times }), how.atOnce, async () => {
    const answered = await how.send(ask, how.signal)
    return answered && { answered, differences: differencesOf(recorded, answered, how.ignored) }
  })
  const repetitions = all.filter(one => one !== undefined && one.answered.problem?.code !== 'own/called-off')
  if (how.signal.aborted && repetitions.length === 0) return undefined
  return {
    flow,
    head: request.head,
    ...(recorded && { recorded: recorded.head.status }),
    repetitions: repetitions as Repetition[],
  }
}

function differencesOf(
  recorded: ComparedAnswer | undefined,
  { head, body, bodyBytes, problem }: Answered,
  ignored: ReadonlySet<string>,
): readonly AnswerDifference[] {
  const failed = problem
    ? [{ what: 'answer', ...(recorded && { was: String(recorded.head.status) }), is: problem.message }]
    : []
  if (!head) return recorded ? failed : []
  if (!recorded) return [{ what: 'answer', is: String(head.status) }]
  return failed.length > 0 ? failed : answerDifferences(recorded, { head, body, bodyBytes }, ignored)
}
