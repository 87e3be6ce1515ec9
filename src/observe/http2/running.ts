import type { Aborted, Header, Side } from '../../model/exchange.ts'
import type { Direction, Party } from '../../model/party.ts'
import { errorName } from '../../wire/http2/names.ts'
import { asCancelled, type Fault, senderOf } from '../plain.ts'
import type { WebSocketObserver } from '../websocket/observer.ts'
import { may, responseIsOver, type StreamState } from './stream-state.ts'

/** An exchange that is not over. */
export interface Running {
  readonly id: number
  /** What a CONNECT asks for: 'tunnel', or `:protocol`. */
  readonly connect: string | undefined
  /** Its response has no content, whatever it promises: the answer to HEAD. */
  readonly bodiless: boolean
  state: StreamState
  /** Interim responses so far. */
  interim: number
  /** Octets of content that its content-length promises and that have not come; absent where nothing is promised. */
  requestOwes?: number
  responseOwes?: number
  webSocket?: WebSocketObserver
  /** Made with the first problem, as few have any. */
  told?: Set<string>
}

/** Takes note of the content-length of a message (RFC 9110 8.6); not of one whose content may stay away. */
export function expectContent(running: Running, side: Side, headers: readonly Header[]): void {
  const value = headers.find(([name]) => name === 'content-length')?.[1]
  if (value === undefined || !/^\d{1,15}$/.test(value)) return
  if (side === 'request') running.requestOwes = Number(value)
  else running.responseOwes = Number(value)
}

export function contentCame(running: Running, side: Side, length: number): void {
  if (side === 'request') {
    if (running.requestOwes !== undefined) running.requestOwes -= length
  } else if (running.responseOwes !== undefined) running.responseOwes -= length
}

/** What is wrong with content that comes now. */
export function contentFault({ state }: Running, side: Side): Fault | undefined {
  if (may(state, `${side}-content`)) return undefined
  const early = side === 'response' && may(state, 'response-head')
  return closed(early ? 'DATA before the response head' : 'DATA after the message has ended')
}

/** What is wrong with a message that ends here. */
export function endFault(running: Running, side: Side): Fault | undefined {
  const owes = side === 'request' ? running.requestOwes : running.responseOwes
  if (!owes) return undefined
  const how = owes > 0 ? `${owes} bytes short of` : `${-owes} bytes over`
  return { code: 'http2/content-length', detail: `the ${side} ends ${how} it` }
}

export const directionOf = (side: Side): Direction => (side === 'request' ? 'to-server' : 'to-client')

/** Whether a direction was read to its end: `missed` where Parley did not record it. */
interface Followed {
  readonly lost: boolean
  readonly missed: boolean
}

/** How a side left a stream unfinished. */
type End = Omit<Aborted, 'at'>

const unrecorded: End = { by: 'parley', why: 'the end of the stream was not recorded' }

/** How a stream was left unfinished: by nobody but Parley where its end may be among what was not recorded. */
export function whoLeft(end: End, toServer: Followed, toClient: Followed): End {
  if (toServer.missed || toClient.missed) return unrecorded
  return toClient.lost ? { ...end, why: `${end.why}; the responses could not be followed` } : end
}

/**
 * Who reset a stream, and how; undefined where its response is whole, and nobody wants the rest (RFC 9113 8.1). A client
 * may have had the whole of a response that Parley missed.
 */
export function whoReset(
  direction: Direction,
  error: number,
  { state, responseOwes }: Running,
  toClient: Followed,
): End | undefined {
  const byClient = direction === 'to-server'
  const isWhole = responseIsOver(state) || responseOwes === 0
  if (isWhole && error === noError) return undefined
  if (isWhole && byClient && lostInterest.has(error) && !may(state, 'request-end')) return undefined
  if (byClient && toClient.missed) return unrecorded
  return endedBy(senderOf(direction), `RST_STREAM ${errorName(error)}`, error)
}

/** By a side that says so with an error code of RFC 9113 7. */
export const endedBy = (by: Party, why: string, error = noError): End => ({
  ...{ by, why },
  ...(isMild(error) && asCancelled(by)),
})

export const noError = 0
const streamClosed = 5
const cancel = 8
/** Of a whole response; curl says STREAM_CLOSED with the last byte that it was promised, before the frame that ends the stream. */
const lostInterest: ReadonlySet<number> = new Set([noError, cancel, streamClosed])

/** It says only that a side wants no more of a stream. */
const isMild = (error: number): boolean => error === noError || error === cancel

/** What a RST_STREAM for a response that is over says; undefined where the client only lost interest. */
export const refusal = (direction: Direction, error: number): string | undefined =>
  direction === 'to-client' || lostInterest.has(error)
    ? undefined
    : `RST_STREAM ${errorName(error)} after the whole response`

export const closed = (detail: string): Fault => ({ code: 'http2/stream-closed', detail })

export const badPush: Fault = { code: 'http2/bad-push' }

/** Problems that one exchange, or the connection itself, may tell; each is told once. */
const maxProblems = 50

/** Takes a problem among those that were told; false where it is not to be. */
export function isNews(told: Set<string>, what: string): boolean {
  if (told.size >= maxProblems || told.has(what)) return false
  told.add(what)
  return true
}

/** Streams that may be open at once; servers allow some hundred. */
export const maxRunning = 5000

export const tooManyStreams: Fault = {
  code: 'http2/too-many-streams',
  detail: `those beyond ${maxRunning} are left out`,
}

export const trailersWithoutEnd: Fault = { code: 'http2/trailers-without-end' }

export const fieldsUnknown: Fault = { code: 'http2/fields-unknown' }
