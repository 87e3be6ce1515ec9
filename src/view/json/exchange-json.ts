import type { Act } from '../../model/act.ts'
import { isParleysAnswer } from '../../model/acted.ts'
import type {
  Aborted,
  BodySide,
  Exchange,
  ExchangeSide,
  Header,
  Message,
  RequestHead,
  ResponseHead,
  Side,
} from '../../model/exchange.ts'
import type { Problem } from '../../model/problem.ts'
import type { ActedOnMessage } from '../../model/stream-message.ts'
import { opcodeName } from '../../wire/websocket/names.ts'
import { bodySideOf } from '../diff/both-sides.ts'
import type { InflatedMessage } from '../frames/websocket-inflate.ts'
import { sentHead } from '../head-text.ts'
import { type ExchangeRemark, waysAround } from '../ways-around.ts'
import { type BodyJson, bodyJson } from './body-json.ts'
import { type DirectionJson, directionJson } from './message-json.ts'

/** Bodies as they came, content codings and all. */
/** By whose they are. */
export type Bodies = { readonly [Of in BodySide]?: Uint8Array } & {
  /** Why more of them, which was kept, cannot be read. */
  readonly losses?: { readonly [Of in BodySide]?: Problem }
}

export interface ExchangeWithContent {
  readonly exchange: Exchange
  readonly bodies: Bodies
  /** Of a WebSocket: its first messages, and how many there are. */
  readonly messages?: readonly InflatedMessage[]
  readonly messageCount?: number
}

/** What a request and a response have in common. */
export interface HttpMessageJson {
  readonly version: string
  readonly headers: readonly Header[]
  /** The whole head of HTTP/1 in hex; only where it was asked for. */
  readonly headBytes?: string
  readonly trailers?: readonly Header[]
  readonly body?: BodyJson
  readonly time: number
  readonly ended?: number
}

export interface RequestJson extends HttpMessageJson {
  readonly method: string
  readonly url: string
  readonly target: string
}

export interface ResponseJson extends HttpMessageJson {
  readonly status: number
  readonly reason: string
}

export type InformationalJson = Omit<ResponseJson, 'trailers' | 'body' | 'time' | 'ended'>

export interface SideJson {
  readonly request: RequestJson
  readonly informational: readonly InformationalJson[]
  readonly response?: ResponseJson
}

export interface ExchangeJson extends SideJson {
  readonly id: number
  readonly stream?: number
  /** What the server got and answered, where it is not what the client sent and got; null where it was not asked. */
  readonly server?: SideJson | null
  /** Whose the response is, where it is not the server's. */
  readonly answeredBy?: 'parley'
  /** What was done to it, and by which rule. */
  readonly acts?: readonly Act[]
  readonly upgraded?: string
  /** The first ones of a WebSocket. */
  readonly messages?: readonly StreamMessageJson[]
  readonly messageCount?: number
  readonly aborted?: Omit<Aborted, 'at'> & { readonly time: number }
  /** What one ought to know besides. */
  readonly remarks?: readonly ExchangeRemark[]
  readonly problems: readonly Problem[]
}

/** One request and its response; times in ms since the connection opened. `withBytes`: heads as bytes too. */
export function exchangeJson(content: ExchangeWithContent, openedAt: number, withBytes = false): ExchangeJson {
  const { exchange, bodies, messages, messageCount } = content
  const { id, stream, server, upgraded, aborted, problems, acts } = exchange
  const remarks = waysAround(exchange.response?.head.headers ?? [])
  return {
    id,
    ...(stream !== undefined && { stream }),
    ...sideJson(exchange, bodies, openedAt, withBytes),
    ...(server && {
      server: server === 'not-asked' ? null : sideJson(server, serverBodies(exchange, bodies), openedAt, withBytes),
    }),
    ...(isParleysAnswer(exchange) && { answeredBy: 'parley' as const }),
    ...(acts && { acts }),
    ...(upgraded !== undefined && { upgraded }),
    ...(messages && { messages: messages.map(message => streamMessageJson(message, openedAt)), messageCount }),
    ...(aborted && { aborted: abortedJson(aborted, openedAt) }),
    ...(remarks.length > 0 && { remarks }),
    problems,
  }
}

const abortedJson = ({ at, ...told }: Aborted, openedAt: number): NonNullable<ExchangeJson['aborted']> => ({
  time: at - openedAt,
  ...told,
})

const serverBodies = (exchange: Exchange, bodies: Bodies): Bodies => {
  const [request, response] = [bodies[bodySideOf(exchange, 'request')], bodies[bodySideOf(exchange, 'response')]]
  return { ...(request && { request }), ...(response && { response }) }
}

function sideJson(side: ExchangeSide, bodies: Bodies, openedAt: number, withBytes: boolean): SideJson {
  const { request, informational, response } = side
  const { method, scheme, authority, path, target } = request.head
  const url = path.startsWith('/') && authority !== '' ? `${scheme}://${authority}${path}` : target
  return {
    request: { method, url, target, ...messageJson(request, bodies, 'request', openedAt, withBytes) },
    informational: informational.map(head => ({
      status: head.status,
      reason: head.reason,
      ...headJson(head, withBytes),
    })),
    ...(response && {
      response: {
        status: response.head.status,
        reason: response.head.reason,
        ...messageJson(response, bodies, 'response', openedAt, withBytes),
      },
    }),
  }
}

type HeadJson = Pick<HttpMessageJson, 'version' | 'headers' | 'headBytes'>

function headJson(head: RequestHead | ResponseHead, withBytes: boolean): HeadJson {
  const { version, headers } = head
  if (!withBytes || version === 'HTTP/2') return { version, headers }
  return { version, headers, headBytes: Buffer.from(sentHead(head), 'latin1').toString('hex') }
}

function messageJson(
  message: Message<RequestHead | ResponseHead>,
  bodies: Bodies,
  side: Side,
  openedAt: number,
  withBytes: boolean,
): HttpMessageJson {
  const { head, headAt, bodyBytes, trailers, endedAt } = message
  return {
    ...headJson(head, withBytes),
    ...(trailers && { trailers }),
    ...(bodyBytes > 0 && {
      body: bodyJson(bodies[side] ?? new Uint8Array(), head.headers, bodyBytes, bodies.losses?.[side]?.message),
    }),
    time: headAt - openedAt,
    ...(endedAt !== undefined && { ended: endedAt - openedAt }),
  }
}

/** A message of a WebSocket. */
export interface StreamMessageJson {
  readonly direction: DirectionJson
  readonly opcode: number
  readonly name: string
  readonly frames: number
  readonly compressed: boolean
  /** Its last frame came. */
  readonly complete: boolean
  readonly body?: BodyJson
  /** Why it could not be inflated. */
  readonly problem?: string
  /** What Parley did with it; `body` is what the server sent or got in its place. */
  readonly acted?: { readonly how: 'changed' | 'dropped'; readonly acts: readonly Act[]; readonly body?: BodyJson }
  readonly time: number
  readonly ended: number
}

/** Times in ms since the connection opened. */
export function streamMessageJson({ message, bytes, problem }: InflatedMessage, openedAt: number): StreamMessageJson {
  const { direction, opcode, frames, compressed, complete, length, at, endedAt, acted } = message
  const inflated = compressed && problem === undefined
  return {
    direction: directionJson(direction),
    opcode,
    name: opcodeName(opcode),
    frames,
    compressed,
    complete,
    ...(length > 0 && { body: { ...bodyJson(bytes, [], inflated ? bytes.length : length), length } }),
    ...(problem !== undefined && { problem }),
    ...(acted && { acted: actedJson(acted) }),
    time: at - openedAt,
    ended: endedAt - openedAt,
  }
}

const actedJson = ({ how, acts, server }: ActedOnMessage): NonNullable<StreamMessageJson['acted']> => ({
  ...{ how, acts },
  ...(server && { body: bodyJson(server.bytes, [], server.length) }),
})
