import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import { headOfAnswer, tellAll, withAnswerHead } from './act-request.ts'
import type { ResponseDraft, ResponseEnd } from './actions/action.ts'
import { checkResponseHead } from './check-head.ts'
import type { ResponseMessage } from './claims.ts'
import { lacksBody, type Performed, perform } from './perform.ts'
import type { ResponseStep } from './plan.ts'
import type { Answers, RequestVerdict, ResponseVerdict } from './verdict.ts'
import type { World } from './world.ts'

type ResponseOutcome = Performed<ResponseDraft, ResponseEnd>

/** What the rules make of a response. */
export const actOnResponse = (
  steps: readonly ResponseStep[],
  request: RequestHead,
  { head, body, late }: ResponseMessage,
  world: World,
): ResponseOutcome | Promise<ResponseOutcome> =>
  perform<ResponseDraft, ResponseEnd>(steps, { type: 'response', head, request, ...(body && { body }) }, world, {
    side: 'response',
    check: (draft, before) => (draft.head === before.head ? undefined : checkResponseHead(draft.head, before.head)),
    lacks: lacksBody(head, late),
  })

/** As the relay performs it. `body`: as it came. */
export function responseVerdict(
  { draft, end, acts, problems }: ResponseOutcome,
  head: ResponseHead,
  body: Uint8Array | undefined,
): ResponseVerdict {
  const told = tellAll(draft, acts, problems)
  if (end) return { ...told, ...end }
  const changes = {
    ...(draft.head !== head && { head: draft.head }),
    ...(draft.body && draft.body !== body && { body: draft.body }),
    ...(draft.cut && { cut: draft.cut }),
  }
  return Object.keys(changes).length === 0 ? { ...told, type: 'pass' } : { ...told, type: 'change', ...changes }
}

/**
 * Rules on responses act on Parley's own answers too; `stepsFor` gives those that match its head. A body that is a stream is
 * not theirs to see.
 */
export async function actOnAnswer(
  verdict: Answers,
  request: RequestHead,
  stepsFor: (head: ResponseHead) => readonly ResponseStep[],
  world: World,
): Promise<RequestVerdict> {
  const head = headOfAnswer(verdict.answer, request)
  const steps = stepsFor(head)
  if (steps.length === 0) return verdict
  const body = verdict.answer.body instanceof Uint8Array ? verdict.answer.body : undefined
  const outcome = await actOnResponse(steps, request, { head, ...(body && { body }) }, world)
  const { draft, end, acts, problems } = outcome
  const pace = draft.pace ?? verdict.pace
  const told = {
    acts: [...verdict.acts, ...acts],
    problems: [...(verdict.problems ?? []), ...(draft.problems ?? []), ...problems],
    ...(pace && { pace }),
  }
  if (end) return { ...told, ...end }
  const answer = withAnswerHead(verdict.answer, draft.head)
  return {
    ...told,
    type: 'answer',
    answer: { ...answer, ...(draft.body && { body: draft.body }), ...(draft.cut && { cut: draft.cut }) },
  }
}
