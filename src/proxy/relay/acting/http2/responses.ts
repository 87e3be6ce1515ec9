import type { ResponseHead } from '../../../../model/exchange.ts'
import { pacerOf } from '../../../../rules/pacer.ts'
import type { Changes, ResponseVerdict } from '../../../../rules/verdict.ts'
import { tellEnd } from './arrivals.ts'
import { isTunnel } from './asking.ts'
import { replaceBody } from './body.ts'
import { editedResponse, inTheirWays } from './edited.ts'
import { breakOff, halfDone } from './ending.ts'
import type { FieldBlock } from './field-path.ts'
import { goOn, writeFields } from './flow.ts'
import { rightLength } from './right-length.ts'
import type { HeadShape, Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellFlaw, tellServerResponse, tellVerdict } from './telling.ts'

/** A response whose head has come. */
export interface ArrivedResponse {
  readonly block: FieldBlock
  readonly shape: HeadShape
  readonly head: ResponseHead
  /** What another server said, where it is that one's. */
  readonly origin?: ResponseHead
}

export function performResponse(talk: Talk, stream: Stream, arrived: ArrivedResponse, verdict: ResponseVerdict): void {
  tellVerdict(talk, stream, verdict)
  if (verdict.pace) stream.toClient.pacer = pacerOf(verdict.pace)
  if (verdict.type === 'break') {
    tellServerResponse(talk, stream, arrived.origin ?? arrived.head, 'own')
    breakOff(talk, stream, verdict.how)
  } else if (verdict.type === 'pass') sendAsItCame(talk, stream, arrived)
  else change(talk, stream, arrived, verdict)
}

function sendAsItCame(talk: Talk, stream: Stream, { block, shape, origin }: ArrivedResponse): void {
  if (origin) tellServerResponse(talk, stream, origin, 'same')
  send(talk, stream, block, shape)
}

function change(talk: Talk, stream: Stream, arrived: ArrivedResponse, verdict: Changes<ResponseHead>): void {
  const edited = verdict.head ? editedResponse(arrived.head, verdict.head) : arrived.block.fields
  if (typeof edited === 'string') {
    tellFlaw(talk, stream, edited)
    sendAsItCame(talk, stream, arrived)
    return
  }
  const half = stream.toClient
  const status = verdict.head?.status ?? arrived.head.status
  const body = mayHaveBody(stream, status) && !isOpened(stream, arrived.head) ? verdict.body : undefined
  const own = body !== undefined || verdict.cut !== undefined
  tellServerResponse(talk, stream, arrived.origin ?? arrived.head, own ? 'own' : 'same')
  if (own) tellRead(talk, stream)
  if (body) replaceBody(talk, half, body)
  if (verdict.cut) half.cut = { left: verdict.cut.after, how: verdict.cut.how }
  const isFree = stream.request.method === 'HEAD' || arrived.head.status === 304
  const fields = isFree ? edited : rightLength(talk, stream, 'response', arrived.block.fields, edited, body?.length)
  send(talk, stream, inTheirWays(arrived.block, fields), arrived.shape)
}

/** A tunnel, or a WebSocket, has begun. */
const isOpened = (stream: Stream, { status }: ResponseHead): boolean =>
  isTunnel(stream) && status >= 200 && status < 300

export const mayHaveBody = ({ request }: Stream, status: number): boolean =>
  request.method !== 'HEAD' && status !== 204 && status !== 304

/** The body that the server sent is told, as the client gets another: what has come, and what will. */
function tellRead(talk: Talk, stream: Stream): void {
  const half = stream.toClient
  half.tells = 'read'
  for (const item of half.items)
    if (item.type === 'data' && item.content.length > 0)
      talk.ports.serverContent(stream.id, 'to-client', item.content.slice())
  const last = half.items.at(-1)
  if (half.ended) tellEnd(talk, half, last?.type === 'fields' ? last.block.fields : undefined)
}

function send(talk: Talk, stream: Stream, block: FieldBlock, shape: HeadShape): void {
  const half = stream.toClient
  const ends = half.ended && half.items.length === 0
  writeFields(talk, half, shape, block.fields, block.ways, ends)
  if (ends) return halfDone(talk, half)
  half.mode = 'queue'
  goOn(talk, half)
}
