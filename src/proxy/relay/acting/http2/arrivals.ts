import type { Header } from '../../../../model/exchange.ts'
import { u24 } from '../../../../wire/bytes.ts'
import { frameHeader } from '../../../../wire/http2/frame-writer.ts'
import { flag } from '../../../../wire/http2/names.ts'
import { halfDone, overran } from './ending.ts'
import type { FieldBlock } from './field-path.ts'
import { goOn, now } from './flow.ts'
import { type Half, type HeadShape, type Through, waitingBytes } from './stream.ts'
import { giveBack, giveBackOfConnection, type Talk } from './talk.ts'

/** Bytes beyond its window that a sender is let to keep here: it may have opened the stream before it heard of a smaller one. */
const mostOverrun = 1024 * 1024

/** Content of a DATA frame without its padding; undefined where there is more padding than frame (RFC 9113 6.1). */
export function contentOf(frame: Uint8Array): Uint8Array | undefined {
  if ((frame[4]! & flag.padded) === 0) return frame.subarray(frameHeader)
  const padding = frame[frameHeader]
  if (padding === undefined || padding >= u24(frame, 0)) return undefined
  return frame.subarray(frameHeader + 1, frame.length - padding)
}

/** A DATA frame of a stream whose body does not just pass; the bytes are the half's from here on. */
export function frameArrives(talk: Talk, half: Half, frame: Uint8Array): void {
  if (half.through) {
    goesThrough(talk, half, half.through, frame)
    return
  }
  const path = talk.paths[half.direction]
  const flow = frame.length - frameHeader
  const content = contentOf(frame)
  if (overruns(talk, half, flow)) return
  const ends = (frame[4]! & flag.endStream) !== 0
  const waits = half.mode !== 'swallow' && content !== undefined && !half.replaced
  if (ends) half.ended = true
  const blocked = half.mode === 'pass'
  if (half.mode === 'pass') half.mode = 'queue'
  path.window[blocked && waits ? 'keep' : 'take'](flow)
  half.window[waits ? 'keep' : 'take'](flow)
  giveBackOfConnection(talk, half.direction)
  if (content && half.tells === 'read') talk.ports.serverContent(half.stream.id, half.direction, content)
  if (waits && (flow > 0 || ends)) {
    const keptOfConnection = blocked ? flow : 0
    half.items.push({ type: 'data', content, frame, kept: flow, keptOfConnection, gone: 0, at: now() })
  }
  arrived(talk, half, ends)
}

/** What waits is no more than the sender's window; a stream of which more comes is over. */
function overruns(talk: Talk, half: Half, flow: number): boolean {
  if (half.window.overrun + flow <= mostOverrun) return false
  talk.paths[half.direction].window.take(flow)
  giveBackOfConnection(talk, half.direction)
  overran(talk, half.stream)
  return true
}

function goesThrough(talk: Talk, half: Half, through: Through, frame: Uint8Array): void {
  const flow = frame.length - frameHeader
  if (overruns(talk, half, flow)) return
  talk.paths[half.direction].window.take(flow)
  giveBackOfConnection(talk, half.direction)
  half.window.keep(flow)
  half.throughKept += flow
  through.push(contentOf(frame) ?? new Uint8Array(0))
  if ((frame[4]! & flag.endStream) !== 0) through.end()
  if (half.mode === 'queue') goOn(talk, half)
}

/** Body bytes that Parley itself has for the receiver: no window of anybody else's is in them. */
export function contentArrives(talk: Talk, half: Half, content: Uint8Array): void {
  if (half.mode === 'swallow') return
  half.items.push({ type: 'data', content, kept: 0, keptOfConnection: 0, gone: 0, at: now() })
  arrived(talk, half, false)
}

/** The body is over, without trailers. */
export function bodyEnds(talk: Talk, half: Half): void {
  half.ended = true
  arrived(talk, half, true)
}

/** Trailers, or an interim response, behind what waits. */
export function fieldsArrive(talk: Talk, half: Half, block: FieldBlock, shape: HeadShape, ends: boolean): void {
  if (ends) half.ended = true
  if (ends && half.tells === 'read') tellEnd(talk, half, block.fields)
  if (half.mode !== 'swallow') half.items.push({ type: 'fields', block, shape, ends })
  arrived(talk, half, false, ends)
}

function arrived(talk: Talk, half: Half, ends: boolean, trailers = false): void {
  if (ends && half.tells === 'read') tellEnd(talk, half)
  if (half.mode === 'swallow') {
    giveBack(talk, half)
    if (half.ended && !half.done) halfDone(talk, half)
    return
  }
  if (ends && half.items.length === 0 && half.mode === 'queue') emptyEnd(half)
  if (half.held && half.held.wanted > 0) collect(talk, half, ends || trailers)
  if (half.mode === 'queue') goOn(talk, half)
  giveBack(talk, half)
  half.wake?.()
}

/** Whatever is left of the body has gone on: END_STREAM wants a frame of its own. */
function emptyEnd(half: Half): void {
  half.items.push({ type: 'data', content: new Uint8Array(0), kept: 0, keptOfConnection: 0, gone: 0, at: 0 })
}

/** A body that is wanted whole is taken out of the sender's window, so that all of it may come. */
function collect(talk: Talk, half: Half, over: boolean): void {
  const held = half.held!
  const tooMuch = waitingBytes(half) > held.wanted
  if (!tooMuch) letCome(half)
  giveBack(talk, half)
  if (!over && !tooMuch) return
  held.wanted = 0
  held.whole(tooMuch ? undefined : bodyOf(half))
}

function letCome(half: Half): void {
  for (const item of half.items)
    if (item.type === 'data' && item.kept > 0) {
      half.window.free(item.kept)
      item.kept = 0
    }
}

/** All content that waits, in one. */
export function bodyOf({ items }: Half): Uint8Array {
  const parts: Uint8Array[] = []
  for (const item of items) if (item.type === 'data') parts.push(item.content)
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

export function tellEnd({ ports }: Talk, half: Half, trailers?: readonly Header[]): void {
  ports.acted(half.stream.id, { type: 'server-ended', side: 'response', ...(trailers && { trailers }) })
}
