import type { ResponseHead } from '../../../../model/exchange.ts'
import { http2Request, http2Response, pseudoHeaders } from '../../../../model/http2-heads.ts'
import type { ResponseClaim } from '../../../../rules/claims.ts'
import { u31 } from '../../../../wire/bytes.ts'
import { fieldsArrive } from './arrivals.ts'
import { ask } from './asking.ts'
import { type Block, keepBlock, passBlock } from './block.ts'
import { halfDone } from './ending.ts'
import { mostStreams, passesAsItIs } from './request-blocks.ts'
import { type ArrivedResponse, performResponse } from './responses.ts'
import { newStream, type Stream } from './stream.ts'
import type { Talk } from './talk.ts'
import { tellVerdict } from './telling.ts'
import { openWebSocket } from './web-socket.ts'

/** A HEADERS frame of the server, with its fields. */
export function responseBlock(talk: Talk, block: Block): void {
  const path = talk.paths['to-client']
  const client = talk.ids.ofClient(block.stream)
  if (client === undefined || talk.forgotten.has(client)) {
    path.fields.fork()
    return
  }
  const stream = talk.streams.get(client)
  if (!stream || block.fields === undefined) passBlock(talk, path, block, client)
  else if (stream.responded) goesOn(talk, stream, block)
  else head(talk, stream, block)
}

/** Trailers and interim responses keep their place behind what waits. */
function goesOn(talk: Talk, stream: Stream, block: Block): void {
  const path = talk.paths['to-client']
  const half = stream.toClient
  if (half.mode !== 'pass') {
    const { block: fields, shape } = keepBlock(path, block)
    fieldsArrive(talk, half, fields, shape, block.endStream)
    return
  }
  passBlock(talk, path, block, stream.id)
  if (block.endStream) ends(talk, stream)
}

function ends(talk: Talk, stream: Stream): void {
  stream.toClient.ended = true
  halfDone(talk, stream.toClient)
}

function head(talk: Talk, stream: Stream, block: Block): void {
  const response = http2Response(pseudoHeaders(block.fields!), block.fields!)
  const interim = response.status >= 100 && response.status < 200 && !block.endStream
  if (interim && response.status === 100 && stream.continued) talk.paths['to-client'].fields.fork()
  else if (interim || stream.toClient.mode !== 'pass') goesOn(talk, stream, block)
  else final(talk, stream, block, response)
}

function final(talk: Talk, stream: Stream, block: Block, response: ResponseHead): void {
  stream.responded = true
  const claim = talk.blind ? undefined : talk.claims.response(stream.id, stream.request, response)
  stream.toClient.ended = block.endStream
  if (!talk.blind) openWebSocket(talk, stream, response.status, response.headers)
  if (claim) claimed(talk, stream, block, response, claim)
  else pass(talk, stream, block)
}

function pass(talk: Talk, stream: Stream, block: Block): void {
  passBlock(talk, talk.paths['to-client'], block, stream.id)
  if (block.endStream) ends(talk, stream)
}

function claimed(talk: Talk, stream: Stream, block: Block, response: ResponseHead, claim: ResponseClaim): void {
  const half = stream.toClient
  let kept: ArrivedResponse | undefined
  let stands = true
  const keep = (): ArrivedResponse => {
    kept ??= { ...keepBlock(talk.paths['to-client'], block), head: response }
    return kept
  }
  ask(talk, half, claim, response, verdict => {
    if (stands && passesAsItIs(verdict)) {
      tellVerdict(talk, stream, verdict)
      pass(talk, stream, block)
    } else performResponse(talk, stream, keep(), verdict)
  })
  if (half.held) keep()
  stands = false
}

/** A PUSH_PROMISE passes; its request is known, so that its response may be claimed. */
export function promise(talk: Talk, block: Block): void {
  const path = talk.paths['to-client']
  const client = talk.ids.ofClient(block.stream)
  if (client === undefined || talk.forgotten.has(client)) {
    // the client knows nothing of the stream that it would come on
    path.fields.fork()
    return
  }
  passBlock(talk, path, block, client)
  const { fields, before } = block
  const promised = before ? u31(before, 0) : 0
  if (!fields || promised === 0 || talk.streams.get(promised) || talk.streams.size >= mostStreams) return
  const request = http2Request(pseudoHeaders(fields), talk.context, fields)
  const { paths } = talk
  const stream = newStream(promised, request, { 'to-server': 0, 'to-client': paths['to-client'].initialWindow })
  stream.server = promised
  stream.toServer.ended = true
  stream.toServer.done = true
  talk.streams.set(promised, stream)
}
