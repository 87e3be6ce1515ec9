import type { RequestHead } from '../model/exchange.ts'
import { tellAll } from './act-request.ts'
import type { WebSocketDraft } from './actions/action.ts'
import type { WebSocketClaims, WebSocketData } from './claims.ts'
import { type Asked, matching, processKnown, type Surroundings } from './matching.ts'
import { type Performed, perform } from './perform.ts'
import type { MessageFacts } from './three-valued.ts'
import type { StreamVerdict } from './verdict.ts'

type Outcome = Performed<WebSocketDraft, 'drop'>

/** What the rules do with the messages of one WebSocket; those whose filter asks for bodies look at each message. */
export function webSocketClaims(
  asked: readonly Asked[],
  facts: MessageFacts,
  request: RequestHead,
  around: Surroundings,
): WebSocketClaims {
  return {
    act(message) {
      const waits = processKnown(asked, facts.process)
      return waits ? waits.then(() => decide(message)) : decide(message)
    },
  }

  function decide(message: WebSocketData): StreamVerdict | Promise<StreamVerdict> {
    const steps = stepsFor(message)
    const first: WebSocketDraft = { type: 'websocket', message, request }
    const outcome = perform<WebSocketDraft, 'drop'>(steps, first, around.world, {
      check: () => undefined,
      lacks: () => undefined,
    })
    return outcome instanceof Promise ? outcome.then(done => verdictOf(done, message)) : verdictOf(outcome, message)
  }

  function stepsFor({ direction, bytes }: WebSocketData) {
    const { pending: _, ...known } = facts
    const messages = direction === 'to-server' ? { request: [bytes] } : { response: [bytes] }
    return matching(asked, () => ({ ...known, messages }), around).flatMap(plan => plan.webSocket)
  }
}

function verdictOf({ draft, end, acts, problems }: Outcome, message: WebSocketData): StreamVerdict {
  const told = tellAll(draft, acts, problems)
  if (end === 'drop') return { ...told, type: 'drop' }
  const { bytes } = draft.message
  return bytes === message.bytes ? { ...told, type: 'pass' } : { ...told, type: 'change', bytes }
}
