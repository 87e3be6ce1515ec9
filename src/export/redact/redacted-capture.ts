import type { Connection } from '../../model/connection.ts'
import type { BodySide, Exchange, Message } from '../../model/exchange.ts'
import type { FrameEntry } from '../../model/frame-entry.ts'
import type { Capture } from '../../store/capture.ts'
import type { FlowRow } from '../../store/queries.ts'
import { redactExchange, redactProblem } from './redact-exchange.ts'
import { redactText } from './redact-text.ts'
import { RedactedBodies } from './redacted-bodies.ts'
import { redactedMessages } from './redacted-messages.ts'
import type { RedactionLog, RedactionRules, Told } from './redaction.ts'

const silent: Told = () => {}

/**
 * A capture whose values are without their secrets, whoever reads them: the one place where anything is redacted. What a leg
 * recorded stays, keys and all, so that its handshakes can be read: who writes bytes or keys of a leg looks whether the
 * source is redacted. Filters match what was recorded.
 */
export function redactedCapture(inner: Capture, rules: RedactionRules, log: RedactionLog): Capture {
  const bodies = new RedactedBodies(inner, rules, log)
  const text = (value: string, where = 'comment'): string => redactText(value, rules, where, silent)
  const connection = (value: Connection): Connection => redactConnection(value, rules)
  return {
    ...inner,
    connection: id => optional(inner.connection(id), connection),
    connections: query => inner.connections(query).map(connection),
    flows: query => inner.flows(query).map(row => redactRow(row, text)),
    paths: (...asked) => inner.paths(...asked).map(node => ({ ...node, name: text(node.name) })),
    events: after => inner.events(after).map(event => ({ ...event, text: text(event.text) })),
    exchange(id) {
      const exchange = inner.exchange(id)
      if (!exchange) return undefined
      return withLengths(redactExchange(exchange, rules, log.once('head', id)), inner, bodies)
    },
    body: (id, side, from, length) => bodies.of(id, side).subarray(from, from + length),
    bodyLength: (id, side) => bodies.of(id, side).length,
    streamMessages: redactedMessages(inner, rules, (id, seq) =>
      seq < mostCounted ? log.once('message', id * mostCounted + seq) : silent,
    ),
    frames: (id, query) => inner.frames(id, query).map(withoutFields),
    fieldFrames: () => undefined,
  }
}

const mostCounted = 100_000 // messages of an exchange

const optional = <T>(value: T | undefined, change: (value: T) => T): T | undefined =>
  value === undefined ? undefined : change(value)

/** What a program was started with may be a secret. */
function redactConnection({ process, ...connection }: Connection, rules: RedactionRules): Connection {
  return {
    ...connection,
    ...(process && { process: { ...process, command: '' } }),
    problems: connection.problems.map(problem => redactProblem(problem, rules, silent)),
  }
}

const redactRow = (row: FlowRow, text: (value: string, where: string) => string): FlowRow => ({
  ...row,
  path: text(row.path, 'URL'),
  ...(row.note !== undefined && { note: text(row.note, 'problem') }),
  ...(row.comment !== undefined && { comment: text(row.comment, 'comment') }),
})

/** A body that is another now has another length; one that stays here is one that was not kept. */
function withLengths(exchange: Exchange, inner: Capture, bodies: RedactedBodies): Exchange {
  const { request, response, server, id } = exchange
  const sized = <Head>(message: Message<Head>, side: BodySide): Message<Head> => {
    const before = inner.bodyLength(id, side)
    const after = before === 0 ? 0 : bodies.of(id, side).length
    return after === 0 || after === before
      ? message
      : { ...message, bodyBytes: Math.max(after, message.bodyBytes + after - before) }
  }
  const sideOf = (message: { readonly sameBody?: true }, side: 'request' | 'response'): BodySide =>
    message.sameBody ? side : `server-${side}`
  return {
    ...exchange,
    request: sized(request, 'request'),
    ...(response && { response: sized(response, 'response') }),
    ...(typeof server === 'object' && {
      server: {
        ...server,
        request: sized(server.request, sideOf(server.request, 'request')),
        ...(server.response && { response: sized(server.response, sideOf(server.response, 'response')) }),
      },
    }),
  }
}

const control: ReadonlySet<number> = new Set([2, 3, 4, 6, 8]) // RFC 9113 6: PRIORITY, RST_STREAM, SETTINGS, PING, WINDOW_UPDATE

/** Of a frame that carries fields, data or something unknown its header stays. */
function withoutFields({ payload, table: _, ...frame }: FrameEntry): FrameEntry {
  return { ...frame, ...(payload && control.has(frame.type) && { payload }) }
}
