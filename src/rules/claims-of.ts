import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import { actOnRequest, requestVerdict } from './act-request.ts'
import { actOnAnswer, actOnResponse, responseVerdict } from './act-response.ts'
import type { Claims, RequestClaim, RequestMessage, ResponseClaim, ResponseMessage, WebSocketClaims } from './claims.ts'
import { isEndless } from './endless.ts'
import { keepBodies } from './kept-bodies.ts'
import { type Asked, type Candidate, matching, possible, processKnown, type Surroundings } from './matching.ts'
import { connectionOf, messageFacts, withBodies } from './message-facts.ts'
import { wantsOf } from './perform.ts'
import type { RequestStep, ResponseStep } from './plan.ts'
import type { ConnectionFacts } from './rulings.ts'
import type { MessageFacts } from './three-valued.ts'
import type { RequestVerdict, ResponseVerdict } from './verdict.ts'
import { webSocketClaims } from './web-socket-claims.ts'

/** Bytes of a body that a filter may look at. */
export const mostForFilter = 8 * 1024 * 1024

/** The claims of rules on one connection. Filters are asked about messages as they came, not as rules before left them. */
export function claimsOf(candidates: readonly Candidate[], of: ConnectionFacts, around: Surroundings): Claims {
  const connection = connectionOf(of)
  const factsAbout = (request: RequestHead, response?: ResponseHead): MessageFacts =>
    messageFacts(connection, request, response, of.process)
  const onRequests = candidates.filter(({ plan }) => plan.inRequest)
  const onResponses = candidates.filter(({ plan }) => plan.inResponse)
  const onWebSockets = candidates.filter(({ plan }) => plan.inWebSocket)
  const kept = keepBodies()
  const keepers = onResponses.filter(({ plan, always }) => plan.keepsRequestBody && !always)

  return {
    request(exchange, head) {
      const facts = factsOnce(() => factsAbout(head))
      const asked = possible(onRequests, facts)
      const keeps = possible(keepers, facts).length > 0
      if (asked.length === 0 && !keeps) return undefined
      const wants = asked.map(({ plan, sure }) => wanted(plan.request, head, plan.asksBody.request && !sure))
      const claim: RequestClaim = {
        most: isEndless(head.headers) ? 0 : Math.max(keeps ? mostForFilter : 0, ...wants),
        act(message) {
          if (keeps && message.body) kept.keep(exchange, message.body)
          const waits = processKnown(asked, of.process)
          return waits
            ? waits.then(() => decideRequest(asked, facts(), message))
            : decideRequest(asked, facts(), message)
        },
      }
      return claim
    },
    response(exchange, request, head): ResponseClaim | undefined {
      const facts = factsOnce(() => withRequestBody(factsAbout(request, head), kept.take(exchange)))
      const asked = possible(onResponses, facts)
      if (asked.length === 0) return undefined
      const wants = asked.map(({ plan, sure }) => wanted(plan.response, head, plan.asksBody.response && !sure))
      return {
        most: isEndless(head.headers) ? 0 : Math.max(0, ...wants),
        act(message) {
          const waits = processKnown(asked, of.process)
          const decide = () => decideResponse(asked, facts(), request, message)
          return waits ? waits.then(decide) : decide()
        },
      }
    },
    webSocket(_, request): WebSocketClaims | undefined {
      const facts = factsOnce(() => factsAbout(request))
      const asked = possible(onWebSockets, facts)
      return asked.length === 0 ? undefined : webSocketClaims(asked, facts(), request, around)
    },
    over: exchange => kept.forget(exchange),
  }

  function decideRequest(asked: readonly Asked[], facts: MessageFacts, message: RequestMessage) {
    const { head, body } = message
    const plans = matching(asked, () => settled(facts, body, undefined), around)
    const finish = (verdict: RequestVerdict): RequestVerdict | Promise<RequestVerdict> =>
      verdict.type === 'answer' && onResponses.length > 0
        ? actOnAnswer(verdict, head, answer => stepsOnAnswer(head, body, answer), around.world)
        : verdict
    const outcome = actOnRequest(
      plans.flatMap(plan => plan.request),
      message,
      around.world,
    )
    return outcome instanceof Promise
      ? outcome.then(done => finish(requestVerdict(done, head, body)))
      : finish(requestVerdict(outcome, head, body))
  }

  function decideResponse(
    asked: readonly Asked[],
    facts: MessageFacts,
    request: RequestHead,
    message: ResponseMessage,
  ): ResponseVerdict | Promise<ResponseVerdict> {
    const known = () => settled(facts, facts.bodies?.request, message.body)
    const steps = matching(asked, known, around).flatMap(plan => plan.response)
    const outcome = actOnResponse(steps, request, message, around.world)
    return outcome instanceof Promise
      ? outcome.then(done => responseVerdict(done, message.head, message.body))
      : responseVerdict(outcome, message.head, message.body)
  }

  function stepsOnAnswer(request: RequestHead, body: Uint8Array | undefined, head: ResponseHead) {
    const facts = settled(factsAbout(request, head), body, undefined)
    const asked = possible(onResponses, () => facts)
    return matching(asked, () => facts, around).flatMap(plan => plan.response)
  }
}

const settled = (facts: MessageFacts, request?: Uint8Array, response?: Uint8Array): MessageFacts =>
  withBodies(facts, request, response)

/** The response's body is still to come. */
const withRequestBody = (facts: MessageFacts, body: Uint8Array | undefined): MessageFacts =>
  body === undefined ? facts : { ...withBodies(facts, body), pending: 'response' }

const wanted = (
  steps: readonly (RequestStep | ResponseStep)[],
  { headers }: RequestHead | ResponseHead,
  filterAsks: boolean,
): number => Math.max(filterAsks ? mostForFilter : 0, ...steps.map(step => wantsOf(step, headers)))

function factsOnce(make: () => MessageFacts): () => MessageFacts {
  let made: MessageFacts | undefined
  return () => {
    made ??= make()
    return made
  }
}
