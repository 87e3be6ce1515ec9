import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import type { RequestDraft, RequestEnd } from './actions/action.ts'
import { checkRequestHead } from './check-head.ts'
import type { RequestMessage } from './claims.ts'
import { lacksBody, type Performed, perform } from './perform.ts'
import type { RequestStep } from './plan.ts'
import type { Answer, Pace, RequestVerdict } from './verdict.ts'
import type { World } from './world.ts'

/** What the rules make of a request. */
export const actOnRequest = (
  steps: readonly RequestStep[],
  { head, body, late }: RequestMessage,
  world: World,
): RequestOutcome | Promise<RequestOutcome> =>
  perform<RequestDraft, RequestEnd>(steps, { type: 'request', head, sent: head, ...(body && { body }) }, world, {
    side: 'request',
    check: (draft, before) => (draft.head === before.head ? undefined : checkRequestHead(draft.head, before.head)),
    lacks: lacksBody(head, late),
  })

type RequestOutcome = Performed<RequestDraft, RequestEnd>

/** As the relay performs it. `body`: as it came. */
export function requestVerdict(
  { draft, end, acts, problems }: RequestOutcome,
  head: RequestHead,
  body: Uint8Array | undefined,
): RequestVerdict {
  const told = tellAll(draft, acts, problems)
  if (end) return { ...told, ...end }
  const changedBody = draft.body === body ? undefined : draft.body
  const changes = {
    ...(draft.head !== head && { head: draft.head }),
    ...(changedBody && { body: changedBody }),
    ...(draft.cut && { cut: draft.cut }),
  }
  if (draft.server)
    return {
      ...told,
      type: 'elsewhere',
      server: draft.server,
      head: draft.head,
      ...(changedBody && { body: changedBody }),
    }
  return Object.keys(changes).length === 0 ? { ...told, type: 'pass' } : { ...told, type: 'change', ...changes }
}

type Told = Pick<RequestVerdict, 'acts' | 'problems' | 'pace'>

/** What every verdict says besides. */
export function tellAll(
  draft: { readonly problems?: Told['problems']; readonly pace?: Pace },
  acts: Told['acts'],
  found: NonNullable<Told['problems']>,
): Told {
  const problems = [...(draft.problems ?? []), ...found]
  return { acts, ...(problems.length > 0 && { problems }), ...(draft.pace && { pace: draft.pace }) }
}

/** An answer of Parley's own as a head that rules on responses can change. */
export function headOfAnswer({ status, reason = '', headers }: Answer, { version }: RequestHead): ResponseHead {
  const pseudo = version === 'HTTP/2' ? [[':status', String(status)] as const] : []
  return { status, reason, version, headers: [...pseudo, ...headers] }
}

export function withAnswerHead(answer: Answer, head: ResponseHead): Answer {
  const { reason: _, ...rest } = answer
  const headers = head.headers.filter(([name]) => !name.startsWith(':'))
  return { ...rest, status: head.status, ...(head.reason !== '' && { reason: head.reason }), headers }
}
