import type { RequestHead } from '../../../../model/exchange.ts'
import { http2Request, pseudoHeaders } from '../../../../model/http2-heads.ts'
import { pacerOf } from '../../../../rules/pacer.ts'
import type { Changes, RequestVerdict } from '../../../../rules/verdict.ts'
import { u31 } from '../../../../wire/bytes.ts'
import { put32 } from '../../../../wire/http2/frame-writer.ts'
import { answer } from './answers.ts'
import { isTunnel } from './asking.ts'
import { replaceBody } from './body.ts'
import { editedRequest, inTheirWays } from './edited.ts'
import { elsewhere } from './elsewhere.ts'
import { breakOff, forget, halfDone } from './ending.ts'
import type { FieldBlock } from './field-path.ts'
import { goOn, writeFields } from './flow.ts'
import { rightLength } from './right-length.ts'
import type { HeadShape, Stream } from './stream.ts'
import { errors, resetAt, type Talk } from './talk.ts'
import { tellFlaw, tellServerRequest, tellVerdict } from './telling.ts'

/** A request whose head has come. */
export interface ArrivedRequest {
  readonly block: FieldBlock
  readonly shape: HeadShape
}

export function performRequest(talk: Talk, stream: Stream, arrived: ArrivedRequest, verdict: RequestVerdict): void {
  tellVerdict(talk, stream, verdict)
  if (verdict.pace) stream.toServer.pacer = pacerOf(verdict.pace)
  const flaw = attempt(talk, stream, arrived, verdict)
  if (flaw === undefined) return
  tellFlaw(talk, stream, flaw)
  send(talk, stream, arrived.block, arrived.shape)
}

/** Does what the verdict says; why not, where it may not be done. */
function attempt(talk: Talk, stream: Stream, arrived: ArrivedRequest, verdict: RequestVerdict): string | undefined {
  switch (verdict.type) {
    case 'pass':
      return send(talk, stream, arrived.block, arrived.shape)
    case 'change':
      return change(talk, stream, arrived, verdict)
    case 'answer':
      return answer(talk, stream, verdict.answer)
    case 'elsewhere':
      return elsewhere(talk, stream, verdict)
    case 'break':
      talk.ports.acted(stream.id, { type: 'server-not-asked' })
      breakOff(talk, stream, verdict.how)
      return undefined
  }
}

function change(
  talk: Talk,
  stream: Stream,
  arrived: ArrivedRequest,
  verdict: Changes<RequestHead>,
): string | undefined {
  const { head, cut } = verdict
  const body = isTunnel(stream) ? undefined : verdict.body
  const edited = head ? editedRequest(stream.request, head) : arrived.block.fields
  if (typeof edited === 'string') return edited
  const half = stream.toServer
  if (body) replaceBody(talk, half, body)
  if (cut) half.cut = { left: cut.after, how: cut.how }
  const own = body !== undefined || cut !== undefined
  if (own) half.tells = 'written'
  const fields = rightLength(talk, stream, 'request', arrived.block.fields, edited, body?.length)
  const sent = http2Request(pseudoHeaders(fields), talk.context, fields)
  tellServerRequest(talk, stream, sent, own ? 'own' : 'same')
  return send(talk, stream, inTheirWays(arrived.block, fields), arrived.shape)
}

/** Opens the stream at the server. */
function send(talk: Talk, stream: Stream, block: FieldBlock, shape: HeadShape): undefined {
  if (!open(talk, stream)) return
  const half = stream.toServer
  const ends = half.ended && half.items.length === 0
  const own = talk.ids.shifted ? { ...shape, priority: dependsOn(talk, shape.priority) } : shape
  writeFields(talk, half, own, block.fields, block.ways, ends)
  if (ends && half.tells) talk.ports.acted(stream.id, { type: 'server-ended', side: 'request' })
  if (ends) halfDone(talk, half)
  else {
    half.mode = 'queue'
    goOn(talk, half)
  }
}

/** False where the server takes no more streams: the client may try again elsewhere (RFC 9113 6.8, 8.7). */
export function open(talk: Talk, stream: Stream): boolean {
  const id = talk.paths['to-client'].ended ? undefined : talk.ids.open(stream.id)
  if (id !== undefined && id <= talk.lastTaken) {
    stream.server = id
    return true
  }
  resetAt(talk, stream, 'to-client', errors.refusedStream)
  forget(talk, stream, true)
  return false
}

/** The five bytes of priority, with the server's id of the stream that this one depends on (RFC 7540 5.3). */
export function dependsOn({ ids }: Talk, priority: Uint8Array | undefined): Uint8Array | undefined {
  if (priority === undefined || !ids.shifted) return priority
  const mapped = priority.slice()
  put32(mapped, 0, ((priority[0]! & 0x80) << 24) | (ids.ofServer(u31(priority, 0)) ?? 0))
  return mapped
}
