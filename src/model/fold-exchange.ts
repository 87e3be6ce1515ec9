import type { Act } from './act.ts'
import type { ConnectionId } from './connection.ts'
import type { Exchange, ExchangeId, ExchangeSide, Message, RequestHead, Side } from './exchange.ts'
import type { ExchangeEvent, SideEvent } from './exchange-event.ts'
import { withProblem } from './problem.ts'

/** An exchange that has just begun with its request's head. */
export function newExchange(
  id: ExchangeId,
  connection: ConnectionId,
  at: number,
  head: RequestHead,
  stream?: number,
): Exchange {
  const base = { id, connection, ...newSide(at, head), problems: [] }
  return stream === undefined ? base : { ...base, stream }
}

const begun = <Head>(at: number, head: Head): Message<Head> => ({ head, headAt: at, bodyBytes: 0, bodyDropped: 0 })

const newSide = (at: number, head: RequestHead): ExchangeSide => ({ request: begun(at, head), informational: [] })

/**
 * The exchange after the event. Pure: the one place where an exchange changes. Nothing ends before it began: how a leg
 * closed is told later than what came on it, with a time of its own.
 */
export function foldExchange(exchange: Exchange, event: ExchangeEvent): Exchange {
  switch (event.type) {
    case 'server-request':
      return { ...exchange, server: askedSide(exchange, event.at, event.head) }
    case 'server-side':
      return withServer(exchange, server => foldSide(server, event.event))
    case 'server-not-asked':
      return { ...exchange, server: 'not-asked' }
    case 'same-body':
      return withServer(exchange, server => withMessage(server, event.side, () => ({ sameBody: true })))
    case 'acted':
      return { ...exchange, acts: withAct(exchange.acts, event.act) }
    case 'upgraded':
      return { ...exchange, upgraded: event.protocol }
    case 'aborted': {
      const { type: _, ...aborted } = event
      const at = Math.max(event.at, exchange.response?.headAt ?? exchange.request.headAt)
      return { ...exchange, aborted: { ...aborted, at } }
    }
    case 'problem':
      return { ...exchange, problems: withProblem(exchange.problems, event.problem) }
    case 'informational':
    case 'response-head':
    case 'body':
    case 'body-dropped':
    case 'body-unkept':
    case 'ended':
      return foldSide(exchange, event)
  }
}

/** Whose body it is, is told after the head. */
function askedSide({ server }: Exchange, at: number, head: RequestHead): ExchangeSide {
  if (typeof server !== 'object') return newSide(at, head)
  const { sameBody: _, ...request } = server.request
  return { ...server, request: { ...request, head, headAt: at } }
}

const mostActs = 50

/** What a rule does to every message of a WebSocket is told once. */
const withAct = (acts: readonly Act[] = [], act: Act): readonly Act[] =>
  acts.length >= mostActs || acts.some(({ by, did, side }) => by === act.by && did === act.did && side === act.side)
    ? acts
    : [...acts, act]

/**
 * The exchange with what is not told of its server's side: that passed as the client's side has it, a body that is the same,
 * and a whole message of which nothing was told.
 */
export function withPassed(exchange: Exchange): Exchange {
  const { server, request, response, informational } = exchange
  if (typeof server !== 'object') return exchange
  const passedResponse = server.response ? passed(server.response, response) : response && passed(response, response)
  return {
    ...exchange,
    server: {
      request: passed(server.request, request),
      informational,
      ...(passedResponse && { response: passedResponse }),
    },
  }
}

function passed<Head>(server: Message<Head>, client: Message<Head> | undefined): Message<Head> {
  if (!client || (!server.sameBody && server !== client)) return server
  const { head, headAt, trailers } = server
  return { ...client, head, headAt, ...(trailers && { trailers }), sameBody: true }
}

const withServer = (exchange: Exchange, change: (server: ExchangeSide) => ExchangeSide): Exchange =>
  typeof exchange.server === 'object' ? { ...exchange, server: change(exchange.server) } : exchange

function foldSide<Of extends ExchangeSide>(side: Of, event: SideEvent): Of {
  switch (event.type) {
    case 'informational':
      return { ...side, informational: [...side.informational, event.head] }
    case 'response-head':
      return { ...side, response: begun(Math.max(event.at, side.request.headAt), event.head) }
    case 'body':
      return withMessage(side, event.side, m => ({ bodyBytes: m.bodyBytes + event.bytes.length }))
    case 'body-dropped':
      return withMessage(side, event.side, m => ({
        bodyBytes: m.bodyBytes + event.length,
        bodyDropped: m.bodyDropped + event.length,
      }))
    case 'body-unkept':
      return withMessage(side, event.side, m => ({ bodyDropped: m.bodyDropped + event.length }))
    case 'ended': {
      const { at, trailers } = event
      return withMessage(side, event.side, ({ headAt }) => {
        const endedAt = Math.max(at, headAt)
        return trailers ? { endedAt, trailers } : { endedAt }
      })
    }
  }
}

function withMessage<Of extends ExchangeSide>(
  side: Of,
  which: Side,
  change: (message: Message<unknown>) => Partial<Message<unknown>>,
): Of {
  // by name, as a computed key makes the copy twice as slow
  if (which === 'request') return { ...side, request: { ...side.request, ...change(side.request) } }
  return side.response ? { ...side, response: { ...side.response, ...change(side.response) } } : side
}
