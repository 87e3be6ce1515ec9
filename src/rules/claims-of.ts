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

/** The rules on one connection, by the messages that they are about. */
interface RulesHere {
  readonly of: ConnectionFacts
  readonly around: Surroundings
  readonly onRequests: readonly Candidate[]
  readonly onResponses: readonly Candidate[]
  readonly onWebSockets: readonly Candidate[]
  /** Those on responses that ask about the request's body. */
  readonly keepers: readonly Candidate[]
  readonly kept: ReturnType<typeof keepBodies>
  readonly factsAbout: (request: RequestHead, response?: ResponseHead) => MessageFacts
}

/** The claims of rules on one connection. Filters are asked about messages as they came, not as rules before left them. */
export function claimsOf(candidates: readonly Candidate[], of: ConnectionFacts, around: Surroundings): Claims {
  const connection = connectionOf(of)
  const onResponses = candidates.filter(({ plan }) => plan.inResponse)
  const here: RulesHere = {
    ...{ of, around, onResponses },
    onRequests: candidates.filter(({ plan }) => plan.inRequest),
    onWebSockets: candidates.filter(({ plan }) => plan.inWebSocket),
    keepers: onResponses.filter(({ plan, always }) => plan.keepsRequestBody && !always),
    kept: keepBodies(),
    factsAbout: (request, response) => messageFacts(connection, request, response, of.process),
  }
  return {
    request: (exchange, head) => claimRequest(here, exchange, head),
    response: (exchange, request, head) => claimResponse(here, exchange, request, head),
    webSocket: (_, request) => claimWebSocket(here, request),
    over: exchange => here.kept.forget(exchange),
  }
}

function claimRequest(here: RulesHere, exchange: number, head: RequestHead): RequestClaim | undefined {
  const facts = factsOnce(() => here.factsAbout(head))
  const asked = possible(here.onRequests, facts)
  const keeps = possible(here.keepers, facts).length > 0
  if (asked.length === 0 && !keeps) return undefined
  const wants = asked.map(({ plan, sure }) => wanted(plan.request, head, plan.asksBody.request && !sure))
  return {
    most: isEndless(head.headers) ? 0 : Math.max(keeps ? mostForFilter : 0, ...wants),
    act(message) {
      if (keeps && message.body) here.kept.keep(exchange, message.body)
      return onceProcessKnown(here, asked, () => decideRequest(here, asked, facts(), message))
    },
  }
}

function claimResponse(
  here: RulesHere,
  exchange: number,
  request: RequestHead,
  head: ResponseHead,
): ResponseClaim | undefined {
  const facts = factsOnce(() => withRequestBody(here.factsAbout(request, head), here.kept.take(exchange)))
  const asked = possible(here.onResponses, facts)
  if (asked.length === 0) return undefined
  const wants = asked.map(({ plan, sure }) => wanted(plan.response, head, plan.asksBody.response && !sure))
  return {
    most: isEndless(head.headers) ? 0 : Math.max(0, ...wants),
    act: message => onceProcessKnown(here, asked, () => decideResponse(here, asked, facts(), request, message)),
  }
}

function claimWebSocket(here: RulesHere, request: RequestHead): WebSocketClaims | undefined {
  const facts = factsOnce(() => here.factsAbout(request))
  const asked = possible(here.onWebSockets, facts)
  return asked.length === 0 ? undefined : webSocketClaims(asked, facts(), request, here.around)
}

/** At once, unless a filter asks for a program that is not known yet. */
function onceProcessKnown<T>({ of }: RulesHere, asked: readonly Asked[], decide: () => T | Promise<T>): T | Promise<T> {
  const waits = processKnown(asked, of.process)
  return waits ? waits.then(decide) : decide()
}

function decideRequest(
  here: RulesHere,
  asked: readonly Asked[],
  facts: MessageFacts,
  message: RequestMessage,
): RequestVerdict | Promise<RequestVerdict> {
  const { head, body } = message
  const { around, onResponses } = here
  const plans = matching(asked, () => settled(facts, body, undefined), around)
  const finish = (verdict: RequestVerdict): RequestVerdict | Promise<RequestVerdict> =>
    verdict.type === 'answer' && onResponses.length > 0
      ? actOnAnswer(verdict, head, answer => stepsOnAnswer(here, head, body, answer), around.world)
      : verdict
  const steps = plans.flatMap(plan => plan.request)
  const outcome = actOnRequest(steps, message, around.world)
  return outcome instanceof Promise
    ? outcome.then(done => finish(requestVerdict(done, head, body)))
    : finish(requestVerdict(outcome, head, body))
}

function decideResponse(
  { around }: RulesHere,
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

/** What the rules on responses make of an answer of Parley's own. */
function stepsOnAnswer(
  { factsAbout, onResponses, around }: RulesHere,
  request: RequestHead,
  body: Uint8Array | undefined,
  head: ResponseHead,
): readonly ResponseStep[] {
  const facts = settled(factsAbout(request, head), body, undefined)
  const asked = possible(onResponses, () => facts)
  return matching(asked, () => facts, around).flatMap(plan => plan.response)
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
