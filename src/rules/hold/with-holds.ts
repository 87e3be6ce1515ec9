import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Decision, ToHold } from '../../model/held.ts'
import type { Claim, Claims, RequestClaim, ResponseClaim, WebSocketClaims } from '../claims.ts'
import { isEndless } from '../endless.ts'
import type { ConnectionFacts, Rulings } from '../rulings.ts'
import type { Passes, RequestVerdict, ResponseVerdict } from '../verdict.ts'
import { type Decided, requestDecided, responseDecided, streamDecided } from './decided.ts'
import type { Intercept, Seen } from './intercept.ts'

/** Where messages wait for a person. */
export interface Holds {
  /** What is to be held; it may change at any time. Undefined: nothing. */
  readonly intercept: Intercept | undefined
  /** Bytes of a body that may be held besides those that are. */
  readonly room: number
  hold(message: ToHold): Waiting
}

export interface Waiting {
  readonly decision: Promise<Decision>
  /** Its exchange ended: nobody waits for the decision. */
  gone(): void
}

const passes: Passes = { type: 'pass', acts: [] }

/** The rules, and after them a person's breakpoint: what is held is what the rules made of it. */
export const withHolds = (rulings: Rulings | undefined, holds: Holds): Rulings => ({
  connection: facts => rulings?.connection(facts),
  claims(facts) {
    const inner = rulings?.claims(facts)
    const others = () => rulings?.claims(facts)
    return inner || holds.intercept?.mayFitOn(facts) ? claimsWith(inner, others, facts, holds) : undefined
  },
})

/** `others`: those of rules that came after the connection was opened. */
function claimsWith(
  first: Claims | undefined,
  others: () => Claims | undefined,
  connection: ConnectionFacts,
  holds: Holds,
): Claims {
  let inner = first
  const ofWebSockets = new Map<number, Set<Waiting>>()
  const waitingOf = (exchange: number): Set<Waiting> => {
    const waiting = ofWebSockets.get(exchange) ?? new Set()
    ofWebSockets.set(exchange, waiting)
    return waiting
  }
  return {
    request(exchange, head) {
      inner ??= others()
      return requestClaim(inner?.request(exchange, head), { connection, exchange, head }, holds)
    },
    response: (exchange, request, head) =>
      responseClaim(inner?.response(exchange, request, head), { connection, exchange, request, head }, holds),
    webSocket(exchange, request) {
      const own = inner?.webSocket(exchange, request)
      return webSocketClaims(own, { connection, exchange, request }, holds, waitingOf(exchange))
    },
    over(exchange) {
      for (const waiting of ofWebSockets.get(exchange) ?? []) waiting.gone()
      ofWebSockets.delete(exchange)
      inner?.over?.(exchange)
    },
  }
}

interface OnRequest {
  readonly connection: ConnectionFacts
  readonly exchange: number
  readonly head: RequestHead
}

/** Where rules claim it, only what comes of it tells whether it is held. */
function requestClaim(
  inner: RequestClaim | undefined,
  { connection, exchange, head }: OnRequest,
  holds: Holds,
): RequestClaim | undefined {
  const may = holds.intercept?.mayFit({ connection, request: head }) === true
  if (!may && !(inner && holds.intercept)) return inner
  return heldClaim<RequestHead, RequestVerdict>(
    inner,
    may ? mostOf(head, holds) : 0,
    holds,
    (verdict, before, body) => {
      if (verdict.type === 'answer' || verdict.type === 'break') return undefined
      const request = verdict.type === 'pass' ? before : (verdict.head ?? before)
      return {
        seen: { connection, request, requestBody: body },
        message: { what: 'request', connection: connection.id, exchange, request, ...(body && { body }) },
        decided: (message, decided) => requestDecided(verdict, message, decided),
      }
    },
  )
}

interface OnResponse extends OnRequestOf {
  readonly head: ResponseHead
}

interface OnRequestOf {
  readonly connection: ConnectionFacts
  readonly exchange: number
  readonly request: RequestHead
}

function responseClaim(
  inner: ResponseClaim | undefined,
  { connection, exchange, request, head }: OnResponse,
  holds: Holds,
): ResponseClaim | undefined {
  const may = holds.intercept?.mayFit({ connection, request, response: head }) === true
  if (!may && !(inner && holds.intercept)) return inner
  return heldClaim<ResponseHead, ResponseVerdict>(
    inner,
    may ? mostOf(head, holds) : 0,
    holds,
    (verdict, before, body) => {
      if (verdict.type === 'break') return undefined
      const response = verdict.type === 'change' ? (verdict.head ?? before) : before
      return {
        seen: { connection, request, response, responseBody: body },
        message: { what: 'response', connection: connection.id, exchange, request, response, ...(body && { body }) },
        decided: (message, decided) => responseDecided(verdict, message, decided),
      }
    },
  )
}

/** A message that may be held once the rules have spoken. */
interface Candidate<Verdict> {
  readonly seen: Seen
  readonly message: ToHold
  decided(message: ToHold, decided: Decided): Verdict
}

interface Shown<Head> {
  readonly head: Head
  readonly body?: Uint8Array
  readonly late?: boolean
}

function heldClaim<Head, Verdict>(
  inner: Claim<Shown<Head>, Verdict> | undefined,
  most: number,
  holds: Holds,
  candidateOf: (verdict: Verdict | Passes, head: Head, body: Uint8Array | undefined) => Candidate<Verdict> | undefined,
): Claim<Shown<Head>, Verdict | Passes> {
  let waiting: Waiting | undefined
  let over = false
  return {
    most: Math.max(most, inner?.most ?? 0),
    async act(message) {
      const verdict = inner ? await inner.act(message) : passes
      const candidate = candidateOf(verdict, message.head, bodyAfter(verdict) ?? message.body)
      if (candidate) await holds.intercept?.ready(candidate.seen.connection)
      if (over || !candidate || !holds.intercept?.fits(candidate.seen)) return verdict
      waiting = holds.hold(candidate.message)
      return candidate.decided(candidate.message, await timed(waiting))
    },
    gone() {
      over = true
      inner?.gone?.()
      waiting?.gone()
    },
  }
}

const bodyAfter = (verdict: unknown): Uint8Array | undefined => (verdict as { readonly body?: Uint8Array }).body

async function timed({ decision }: Waiting): Promise<Decided> {
  const since = performance.now()
  return { decision: await decision, after: performance.now() - since }
}

/** Asked with every message, because the filter may have come meanwhile. */
const webSocketClaims = (
  inner: WebSocketClaims | undefined,
  { connection, exchange, request }: OnRequestOf,
  holds: Holds,
  waiting: Set<Waiting>,
): WebSocketClaims => ({
  act(message) {
    const verdict = inner?.act(message) ?? passes
    return holds.intercept ? held() : verdict

    async function held() {
      const after = await verdict
      if (after.type === 'drop') return after
      await holds.intercept?.ready(connection)
      const { direction, opcode } = message
      const body = after.type === 'change' ? after.bytes : message.bytes
      if (!holds.intercept?.fits({ connection, request, data: { direction, bytes: body } })) return after
      const base = { connection: connection.id, exchange, request, body }
      const waits: ToHold = { what: 'stream-message', direction, opcode, ...base }
      const held = holds.hold(waits)
      waiting.add(held)
      const decided = await timed(held)
      waiting.delete(held)
      return streamDecided(after, waits, decided)
    }
  },
})

/** What goes on for long is held by its head alone: its end would be waited for in vain. */
const mostOf = ({ headers }: RequestHead | ResponseHead, { room }: Holds): number => (isEndless(headers) ? 0 : room)
