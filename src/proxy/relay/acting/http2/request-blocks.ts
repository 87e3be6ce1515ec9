import { http2Request, pseudoHeaders } from '../../../../model/http2-heads.ts'
import type { RequestClaim } from '../../../../rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../rules/verdict.ts'
import { notIndexed } from '../../../../wire/http2/hpack/way.ts'
import { fieldsArrive } from './arrivals.ts'
import { ask } from './asking.ts'
import { type Block, keepBlock, passBlock } from './block.ts'
import { halfDone } from './ending.ts'
import { writeFields } from './flow.ts'
import { type ArrivedRequest, performRequest } from './requests.ts'
import { newStream, type Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellVerdict } from './telling.ts'

/** Streams whose exchanges are followed at once; those beyond pass as they are. */
export const mostStreams = 5000

/** A HEADERS frame of the client, with its fields. */
export function requestBlock(talk: Talk, block: Block, isNew: boolean): void {
  const path = talk.paths['to-server']
  const id = block.stream
  const stream = talk.streams.get(id)
  if (stream) trailers(talk, stream, block)
  else if (talk.forgotten.has(id)) path.fields.fork()
  else if (!isNew) {
    const target = talk.ids.ofServer(id)
    if (target === undefined) path.fields.fork()
    else passBlock(talk, path, block, target)
  } else if (block.fields === undefined || talk.blind || talk.streams.size >= mostStreams)
    passBlock(talk, path, block, talk.ids.open(id) ?? id)
  else request(talk, block)
}

function trailers(talk: Talk, stream: Stream, block: Block): void {
  const path = talk.paths['to-server']
  const half = stream.toServer
  if (half.mode !== 'pass' && block.fields) {
    const { block: fields, shape } = keepBlock(path, block)
    fieldsArrive(talk, half, fields, shape, block.endStream)
    return
  }
  passBlock(talk, path, block, stream.server)
  if (!block.endStream) return
  half.ended = true
  halfDone(talk, half)
}

function request(talk: Talk, block: Block): void {
  const fields = block.fields!
  const head = http2Request(pseudoHeaders(fields), talk.context, fields)
  const { paths } = talk
  const windows = { 'to-server': paths['to-server'].initialWindow, 'to-client': paths['to-client'].initialWindow }
  const stream = newStream(block.stream, head, windows)
  talk.streams.set(stream.id, stream)
  stream.toServer.ended = block.endStream
  const claim = talk.claims.request(stream.id, head)
  if (claim) claimed(talk, stream, block, claim)
  else pass(talk, stream, block)
}

function pass(talk: Talk, stream: Stream, block: Block): void {
  stream.server = talk.ids.open(stream.id) ?? stream.id
  passBlock(talk, talk.paths['to-server'], block, stream.server)
  if (block.endStream) halfDone(talk, stream.toServer)
}

function claimed(talk: Talk, stream: Stream, block: Block, claim: RequestClaim): void {
  const half = stream.toServer
  let kept: ArrivedRequest | undefined
  let stands = true
  const keep = (): ArrivedRequest => {
    kept ??= keepBlock(talk.paths['to-server'], block)
    return kept
  }
  ask(talk, half, claim, stream.request, verdict => {
    if (stands && passesAsItIs(verdict)) {
      tellVerdict(talk, stream, verdict)
      pass(talk, stream, block)
    } else performRequest(talk, stream, keep(), verdict)
  })
  if (half.held) keep()
  stands = false
  if (half.held && half.held.wanted > 0) sayContinue(talk, stream)
}

/** Whether the very bytes may go on, now. */
export const passesAsItIs = (verdict: RequestVerdict | ResponseVerdict): boolean =>
  verdict.type === 'pass' && verdict.pace === undefined

/** A body that is wanted whole and waits for a word to be sent gets it from Parley; that of the server is dropped then (RFC 9110 10.1.1). */
function sayContinue(talk: Talk, stream: Stream): void {
  if (!stream.request.headers.some(([name, value]) => name === 'expect' && value.toLowerCase() === '100-continue'))
    return
  stream.continued = true
  writeFields(talk, stream.toClient, {}, [[':status', '100']], Uint8Array.of(notIndexed), false)
}
