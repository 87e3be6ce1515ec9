import type { ConnectionId } from '../../../model/connection.ts'
import type { Exchange } from '../../../model/exchange.ts'
import type { FrameEntry } from '../../../model/frame-entry.ts'
import type { Direction } from '../../../model/party.ts'
import type { Capture } from '../../../store/capture.ts'
import { hasFieldBlock } from '../../../wire/http2/field-fragment.ts'
import { frameHeader, putHeader } from '../../../wire/http2/frame-writer.ts'
import { flag, frameType } from '../../../wire/http2/names.ts'
import { bodyBytes } from './body-parts.ts'
import { bytesPart, type LaneContentOrWhy, latin1Part, type Part } from './lane-content.ts'

type Source = Pick<Capture, 'body' | 'frames'>

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' // RFC 9113 3.4
const page = 1000

/** The stream a frame belongs to, as its bodies are found. */
interface Stream {
  readonly exchange: Exchange
  /** Bytes of padding that DATA frames of it have, where they are padded. */
  padding: number
  padded: number
}

/**
 * What HTTP/2 said on a lane, from the log of its frames and the bodies. `exchanges` are those of the connection. Of
 * padded DATA frames the first have the padding: how it was shared out is not kept.
 */
export function http2Content(
  source: Source,
  id: ConnectionId,
  exchanges: readonly Exchange[],
  direction: Direction,
): LaneContentOrWhy {
  const streams = new Map<number, Stream>()
  for (const exchange of exchanges) {
    if (exchange.upgraded !== undefined) return `what a stream became, ${exchange.upgraded}, is not kept as it came`
    if (exchange.stream !== undefined) streams.set(exchange.stream, { exchange, padding: 0, padded: 0 })
  }
  const start = direction === 'to-server' ? preface.length : 0
  let length = start
  let lost = 0
  for (const frame of framesOf(source, id, direction)) {
    length += frameHeader + frame.length
    const missing = frame.type === frameType.data ? 0 : frame.length - (frame.payload?.length ?? 0)
    if (missing > 0 && hasFieldBlock(frame.type)) return `${frame.typeName} frames were kept in part only`
    lost += missing
    if (frame.type !== frameType.data) continue
    const stream = streams.get(frame.stream)
    if (!stream && frame.length > 0) return `what DATA frames of stream ${frame.stream} carried is not known`
    if (!stream) continue
    stream.padding += frame.length
    if (frame.flags & flag.padded) stream.padded++
  }
  for (const { exchange, ...stream } of streams.values()) {
    const message = direction === 'to-server' ? exchange.request : exchange.response
    const rest = stream.padding - (message?.bodyBytes ?? 0)
    if (rest < stream.padded || (stream.padded === 0 && rest > 0))
      return `DATA frames of stream ${exchange.stream} do not have the length of the body`
    streams.get(exchange.stream!)!.padding = rest
    lost += message?.bodyDropped ?? 0
  }
  const parts = (): Generator<Part> => partsOf(source, id, direction, streams)
  return { messages: [{ notBefore: 0, length, parts }], lost }
}

function* framesOf(source: Source, id: ConnectionId, direction: Direction): Generator<FrameEntry> {
  for (let from = 0; ; ) {
    const frames = source.frames(id, { from, limit: page })
    for (const frame of frames) if (frame.direction === direction) yield frame
    if (frames.length < page) return
    from = frames.at(-1)!.index + 1
  }
}

function* partsOf(
  source: Source,
  id: ConnectionId,
  direction: Direction,
  streams: ReadonlyMap<number, Stream>,
): Generator<Part> {
  const left = new Map([...streams].map(([number, { padding, padded }]) => [number, { at: 0, padding, padded }]))
  let begun = direction === 'to-client'
  for (const frame of framesOf(source, id, direction)) {
    if (!begun) yield latin1Part(frame.at, preface)
    begun = true
    const { at, type, flags, stream: number, length } = frame
    const header = Buffer.alloc(frameHeader)
    putHeader(header, 0, type, flags, number, length)
    yield bytesPart(at, header)
    const stream = streams.get(number)
    const rest = left.get(number)
    if (type !== frameType.data || !stream || !rest) {
      const payload = Buffer.alloc(length)
      payload.set(frame.payload ?? [])
      yield bytesPart(at, payload)
      continue
    }
    const padding = flags & flag.padded ? paddingOf(length, rest) : undefined
    const size = length - (padding === undefined ? 0 : 1 + padding)
    if (padding !== undefined) yield bytesPart(at, Uint8Array.of(padding))
    const from = rest.at
    rest.at += size
    const side = direction === 'to-server' ? 'request' : 'response'
    const read = (offset: number, wanted: number): Uint8Array =>
      bodyBytes(source, stream.exchange.id, side, from + offset, wanted)
    yield { at, length: size, read }
    if (padding) yield bytesPart(at, new Uint8Array(padding))
  }
}

const mostPadding = 255

/** How much of what is left the frame takes: later ones need a byte each. */
function paddingOf(length: number, rest: { padding: number; padded: number }): number {
  rest.padded--
  const padding = Math.max(0, Math.min(mostPadding, length - 1, rest.padding - rest.padded - 1))
  rest.padding -= padding + 1
  return padding
}
