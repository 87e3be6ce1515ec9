import { parseFilter } from '../../filter/parser.ts'
import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Direction } from '../../model/party.ts'
import { asksProcess } from '../asked.ts'
import { connectionOf, messageFacts, withBodies } from '../message-facts.ts'
import type { ConnectionFacts } from '../rulings.ts'
import { connectionAnswer, type MessageFacts, messageAnswer } from '../three-valued.ts'

/** What is known of a message when it is asked whether it is to be held. */
export interface Seen {
  readonly connection: ConnectionFacts
  readonly request: RequestHead
  readonly requestBody?: Uint8Array | undefined
  readonly response?: ResponseHead
  readonly responseBody?: Uint8Array | undefined
  /** A whole message of a WebSocket. */
  readonly data?: { readonly direction: Direction; readonly bytes: Uint8Array }
}

/** The filter of a person's breakpoint, made ready. */
export interface Intercept {
  readonly text: string
  /** Some message of the connection may fit. */
  mayFitOn(connection: ConnectionFacts): boolean
  /** It fits, or will where its body does. */
  mayFit(seen: Seen): boolean
  fits(seen: Seen): boolean
  /** Which program opened the connection is asked, and may take a moment to find out; undefined where there is no need. */
  ready(connection: ConnectionFacts): Promise<void> | undefined
}

/** Throws a FilterError where the text is no filter. */
export function interceptOf(text: string): Intercept {
  const filter = parseFilter(text)
  const ofConnection = connectionAnswer(filter)
  const ofMessage = messageAnswer(filter)
  const asks = asksProcess(filter)
  return {
    text,
    mayFitOn: connection => ofConnection(connection) !== false,
    mayFit: seen => ofMessage(headsOf(seen)) !== false,
    fits: seen => ofMessage(factsOf(seen)) === true,
    ready: ({ process }) => (asks ? process?.known() : undefined),
  }
}

const headsOf = ({ connection, request, response }: Seen): MessageFacts =>
  messageFacts(connectionOf(connection), request, response, connection.process)

function factsOf(seen: Seen): MessageFacts {
  const facts = withBodies(headsOf(seen), seen.requestBody, seen.responseBody)
  const { data } = seen
  if (!data) return facts
  const messages = { [data.direction === 'to-server' ? 'request' : 'response']: [data.bytes] }
  return { ...facts, flow: { ...facts.flow, protocol: 'websocket' }, messages }
}
