import type {
  BodySide,
  Exchange,
  ExchangeSide,
  Header,
  Message,
  RequestHead,
  ResponseHead,
  Side,
} from '../../../model/exchange.ts'
import type { Direction, LegName } from '../../../model/party.ts'
import type { Capture } from '../../../store/capture.ts'
import { plainLines } from '../../../wire/http1/write-head.ts'
import { type BodySpan, bodyParts } from './body-parts.ts'
import { chunkPlan } from './chunk-plan.ts'
import { type LaneContentOrWhy, type LaneMessage, latin1Part, type Part } from './lane-content.ts'
import { socketParts } from './web-socket-parts.ts'

type Source = Pick<Capture, 'body' | 'streamMessages'>

/** What HTTP/1 said on a lane. `exchanges` are those of the connection, in order. */
export function http1Content(
  source: Source,
  exchanges: readonly Exchange[],
  leg: LegName,
  direction: Direction,
): LaneContentOrWhy {
  const messages: LaneMessage[] = []
  let lost = 0
  let notBefore = 0
  for (const exchange of exchanges) {
    const side = leg === 'upstream' ? (exchange.server ?? exchange) : exchange
    if (side === 'not-asked') continue
    if (leg === 'upstream' && exchange.aborted?.how === 'connection-failed') continue
    const { request, response } = side
    const message = direction === 'to-server' ? request : response
    if (direction === 'to-client') notBefore = request.headAt
    if (message) {
      const made = messageOf(source, exchange, side, direction, notBefore)
      if (typeof made === 'string') return made
      messages.push(made.message)
      lost += message.bodyDropped + made.lost
    }
    if (direction === 'to-server') notBefore = response?.endedAt ?? response?.headAt ?? request.endedAt ?? notBefore
  }
  return { messages, lost }
}

const mostBody = 2 ** 36 // bytes; where it is in clear, all of it is in the file

interface Made {
  readonly message: LaneMessage
  readonly lost: number
}

function messageOf(
  source: Source,
  exchange: Exchange,
  side: ExchangeSide,
  direction: Direction,
  notBefore: number,
): Made | string {
  const { request, response, informational } = side
  const message = direction === 'to-server' ? request : response!
  if (message.bodyBytes > mostBody) return `a body of ${message.bodyBytes} bytes is not made again`
  const interim = direction === 'to-server' ? [] : informational.map(textOf)
  const before = `${interim.join('')}${textOf(message.head)}`
  const isChunked = chunkedOf(message, direction === 'to-client' ? request : undefined)
  const after = isChunked && message.endedAt !== undefined ? `0\r\n${plainLines(message.trailers ?? [])}\r\n` : ''
  const follows =
    exchange.upgraded === undefined ? undefined : socketParts(source, exchange, side !== exchange, direction)
  if (typeof follows === 'string') return follows
  const span: BodySpan = {
    id: exchange.id,
    side: bodySide(direction, side === exchange || message.sameBody === true),
    length: message.bodyBytes,
    from: message.headAt,
    to: message.endedAt ?? message.headAt,
  }
  return {
    lost: follows?.lost ?? 0,
    message: {
      notBefore,
      length: before.length + (isChunked ? 0 : span.length) + after.length + (follows?.length ?? 0),
      ...(isChunked && { chunked: span.length }),
      *parts(framing) {
        yield latin1Part(message.headAt, before)
        yield* isChunked ? chunkedParts(source, span, framing) : bodyParts(source, span)
        if (after !== '') yield latin1Part(span.to, after)
        if (follows) yield* follows.parts()
      },
    },
  }
}

function bodySide(direction: Direction, clients: boolean): BodySide {
  const side: Side = direction === 'to-server' ? 'request' : 'response'
  return clients ? side : `server-${side}`
}

/** A whole head as it stood on the wire. */
function textOf(head: RequestHead | ResponseHead): string {
  if (head.raw !== undefined) return head.raw
  const start =
    'method' in head ? `${head.method} ${head.target} ${head.version}` : `${head.version} ${head.status} ${head.reason}`
  return `${start}\r\n${plainLines(head.headers)}\r\n`
}

/** Whether the body has chunked framing (RFC 9112 6.3); `request` is what a response answers. */
function chunkedOf({ head }: Message<RequestHead | ResponseHead>, request?: Message<RequestHead>): boolean {
  if ('status' in head && (head.status < 200 || head.status === 204 || head.status === 304)) return false
  if (request?.head.method === 'HEAD') return false
  const codings = valuesOf(head.headers, 'transfer-encoding')
  return codings.at(-1)?.split(',').at(-1)?.trim().toLowerCase() === 'chunked'
}

const valuesOf = (headers: readonly Header[], wanted: string): string[] =>
  headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)

function* chunkedParts(source: Source, span: BodySpan, framing: number): Generator<Part> {
  const plan = chunkPlan(span.length, framing)
  if (!plan) throw new RangeError(`a body of ${span.length} bytes does not take ${framing} bytes of framing`)
  for (let i = 0; i < plan.chunks; i++) {
    const from = i * plan.size
    const to = Math.min(span.length, from + plan.size)
    const at = span.from + ((span.to - span.from) * from) / span.length
    yield latin1Part(at, `${'0'.repeat(i === 0 ? plan.zeros : 0)}${(to - from).toString(16)}\r\n`)
    yield* bodyParts(source, span, from, to)
    yield latin1Part(at, '\r\n')
  }
}
