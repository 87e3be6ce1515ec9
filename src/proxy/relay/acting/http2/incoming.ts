import type { Direction } from '../../../../model/party.ts'
import { copyOf } from '../../../../wire/bytes.ts'
import { GrowingBytes } from '../../../../wire/growing-bytes.ts'
import { fieldFragment } from '../../../../wire/http2/field-fragment.ts'
import { type CutSink, FrameCutter } from '../../../../wire/http2/frame-cutter.ts'
import { frame, frameHeader, put32 } from '../../../../wire/http2/frame-writer.ts'
import { flag, frameType } from '../../../../wire/http2/names.ts'
import { MalformedError } from '../../../../wire/reader.ts'
import { contentOf, frameArrives } from './arrivals.ts'
import type { Block } from './block.ts'
import { clientId, type FrameAt, goesAway, grants, passAs, prioritizes, resets, settings, targetId } from './control.ts'
import { halfDone } from './ending.ts'
import { requestBlock } from './request-blocks.ts'
import { promise, responseBlock } from './response-blocks.ts'
import { type Half, halfOf, type Stream } from './stream.ts'
import { giveBackOfConnection, type Path, type Talk } from './talk.ts'

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

/** Frames other than DATA, and header blocks, that are longer are not read. */
const longest = 1024 * 1024

/** No decoder takes it (RFC 7541 6.1): what a block that cannot be read is to a receiver whose table is not the sender's. */
const unreadable = Uint8Array.of(0x80)

/** A header block that CONTINUATION frames go on with. */
interface Begun extends Omit<Block, 'fields' | 'frames'> {
  readonly frames: GrowingBytes
  readonly fragments: GrowingBytes
}

/** What one side of the connection says, frame by frame. */
export class Incoming implements CutSink {
  readonly #talk: Talk
  readonly #path: Path
  readonly #cutter = new FrameCutter(this)
  #prefaceLeft: number
  #begun: Begun | undefined
  /** The highest stream that the client has opened. */
  #highest = 0
  /** Of the frame that goes on in pieces: the receiver's id of its stream, undefined where it is for nobody. */
  #target: number | undefined
  #id = 0
  #first = false
  /** Whose END_STREAM it carries. */
  #ends: Half | undefined

  constructor(talk: Talk, direction: Direction) {
    this.#talk = talk
    this.#path = talk.paths[direction]
    this.#prefaceLeft = direction === 'to-server' ? preface.length : 0
  }

  push(bytes: Uint8Array): void {
    let from = 0
    while (this.#prefaceLeft > 0 && from < bytes.length) {
      if (bytes[from] === preface[preface.length - this.#prefaceLeft]) {
        this.#prefaceLeft--
        from++
      } else {
        this.#prefaceLeft = 0
        this.#lose()
        this.#cutter.lose()
      }
    }
    if (from > 0) this.#path.outlet.raw(bytes, 0, from)
    this.#cutter.push(bytes, from)
  }

  /** Its sender has said all: what has begun goes on as it is, unless whole frames are still to come. */
  end(): void {
    if (this.#path.waiting.size > 0) return
    this.#passBegun()
    this.#cutter.lose()
  }

  begins(type: number, flags: number, id: number, length: number): 'whole' | 'pieces' | 'lost' {
    const goesOn = type === frameType.continuation && id === this.#begun?.stream
    if (goesOn !== (this.#begun !== undefined) || (!goesOn && type === frameType.continuation)) return this.#lose()
    if (type === frameType.data) return this.#dataBegins(flags, id, length)
    if (type < frameType.continuation || goesOn || type === frameType.priorityUpdate)
      return length > longest ? this.#lose() : 'whole'
    const client = clientId(this.#talk, this.#path.direction, id)
    this.#inPieces(id, client === undefined ? undefined : targetId(this.#talk, this.#path.direction, client))
    return 'pieces'
  }

  #inPieces(id: number, target: number | undefined, ends?: Half): void {
    this.#id = id
    this.#target = target
    this.#first = true
    this.#ends = ends
  }

  #dataBegins(flags: number, id: number, length: number): 'whole' | 'pieces' {
    const talk = this.#talk
    const { direction, window } = this.#path
    const client = clientId(talk, direction, id)
    const stream = client === undefined ? undefined : talk.streams.get(client)
    if (!stream) {
      const hidden = client === undefined || talk.forgotten.has(client)
      if (hidden) window.take(length)
      else window.pass(length)
      giveBackOfConnection(talk, direction)
      this.#inPieces(id, hidden ? undefined : targetId(talk, direction, client))
      return 'pieces'
    }
    const half = halfOf(stream, direction)
    if (half.mode !== 'pass' || !window.fits(length) || !half.window.fits(length)) return 'whole'
    window.pass(length)
    half.window.pass(length)
    const ends = (flags & flag.endStream) !== 0
    this.#inPieces(id, targetId(talk, direction, stream.id, stream), ends ? half : undefined)
    return 'pieces'
  }

  piece(bytes: Uint8Array, from: number, to: number, ends: boolean): void {
    const { outlet } = this.#path
    const first = this.#first
    this.#first = false
    if (this.#target !== undefined) {
      let at = from
      if (first && this.#target !== this.#id) {
        const header = copyOf(bytes, from, from + frameHeader)
        put32(header, 5, this.#target)
        outlet.begin(header)
        at += frameHeader
      }
      outlet.piece(bytes, at, to, ends)
    }
    if (!ends || !this.#ends) return
    this.#ends.ended = true
    if (!this.#ends.stream.over) halfDone(this.#talk, this.#ends)
  }

  whole(type: number, flags: number, id: number, bytes: Uint8Array, from: number, to: number): void {
    const [talk, path] = [this.#talk, this.#path]
    const at: FrameAt = { bytes, from, to }
    if (type === frameType.data) this.#data(id, at)
    else if (type === frameType.windowUpdate) grants(talk, path, id, at)
    else if (type === frameType.headers || type === frameType.pushPromise || type === frameType.continuation)
      this.#fragment(type, flags, id, at)
    else if (type === frameType.rstStream && to - from === frameHeader + 4) resets(talk, path, id, at)
    else if (type === frameType.settings) settings(talk, path, flags, at)
    else if (type === frameType.goaway) goesAway(talk, path, at)
    else if (type === frameType.priority || type === frameType.priorityUpdate) prioritizes(talk, path, id, at)
    else passAs(path, at, id, id)
  }

  rest(bytes: Uint8Array, from: number, to: number): void {
    this.#path.outlet.stopFraming()
    this.#path.outlet.raw(bytes, from, to)
  }

  #data(id: number, { bytes, from, to }: FrameAt): void {
    const { direction } = this.#path
    const stream = this.#talk.streams.get(clientId(this.#talk, direction, id)!)
    const frame = copyOf(bytes, from, to)
    if (stream && contentOf(frame) === undefined) this.#badData(stream, frame)
    else if (stream) frameArrives(this.#talk, halfOf(stream, direction), frame)
    else {
      this.#path.window.take(to - from - frameHeader)
      giveBackOfConnection(this.#talk, direction)
    }
  }

  /** More padding than frame: it goes on as it is, and all behind it, so that the receiver ends the connection. */
  #badData(stream: Stream, frame: Uint8Array): void {
    const { direction, outlet } = this.#path
    this.#lose()
    put32(frame, 5, targetId(this.#talk, direction, stream.id, stream) ?? stream.id)
    outlet.write(frame)
    this.#cutter.lose()
  }

  #fragment(type: number, flags: number, id: number, at: FrameAt): void {
    const payload = at.bytes.subarray(at.from + frameHeader, at.to)
    const { start, end } = fieldFragment({ type, flags, stream: id, length: payload.length }, payload)
    const begun = this.#begun ?? shapeOf(type, flags, id, payload)
    if (start > end || begun.stream === 0) return this.#bad(begun, at)
    const ends = (flags & flag.endHeaders) !== 0
    if (ends && this.#begun === undefined) return this.#block(begun, at, payload, start, end)
    const { frames, fragments } = this.#begun ?? { frames: new GrowingBytes(), fragments: new GrowingBytes() }
    frames.append(at.bytes, at.from, at.to)
    fragments.append(payload, start, end)
    this.#begun = { ...begun, frames, fragments }
    if (fragments.length > longest) return this.#bad(begun)
    if (!ends) return
    this.#begun = undefined
    const all = frames.take()
    const block = fragments.take()
    this.#block(begun, { bytes: all, from: 0, to: all.length }, block, 0, block.length)
  }

  #block(shape: Shape, frames: FrameAt, bytes: Uint8Array, start: number, end: number): void {
    const [talk, path] = [this.#talk, this.#path]
    let block: Block
    try {
      const { type, stream, endStream, before, padding } = shape
      const fields = path.fields.read(bytes, start, end)
      block = { type, stream, endStream, before, padding, frames, fields }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      return this.#bad(shape, frames)
    }
    if (path.direction === 'to-client')
      if (shape.type === frameType.pushPromise) promise(talk, block)
      else responseBlock(talk, block)
    else {
      const isNew = (shape.stream & 1) === 1 && shape.stream > this.#highest
      if (isNew) this.#highest = shape.stream
      requestBlock(talk, block, isNew)
    }
  }

  /** A block that cannot be read goes on as it is, and all behind it. */
  #bad({ stream }: Shape, frames?: FrameAt): void {
    this.#lose()
    if (frames && !this.#path.fields.forked) this.#path.outlet.raw(frames.bytes, frames.from, frames.to)
    else if (frames) this.#writeUnreadable(stream)
    this.#cutter.lose()
  }

  /** What comes cannot be read any more: nobody is asked, and whoever was is told that it went on. */
  #lose(): 'lost' {
    const talk = this.#talk
    talk.blind = true
    for (const stream of talk.streams.values())
      for (const half of [stream.toServer, stream.toClient]) {
        const { held } = half
        half.held = undefined
        held?.release()
      }
    this.#passBegun()
    return 'lost'
  }

  #passBegun(): void {
    const begun = this.#begun
    this.#begun = undefined
    if (begun === undefined) return
    if (this.#path.fields.forked) this.#writeUnreadable(begun.stream)
    else this.#path.outlet.write(begun.frames.take())
  }

  #writeUnreadable(stream: number): void {
    const client = clientId(this.#talk, this.#path.direction, stream)
    const target = client === undefined ? undefined : targetId(this.#talk, this.#path.direction, client)
    this.#path.outlet.write(frame(frameType.headers, flag.endHeaders, target ?? stream, unreadable))
  }
}

type Shape = Omit<Block, 'fields' | 'frames'>

function shapeOf(type: number, flags: number, stream: number, payload: Uint8Array): Shape {
  const padded = (flags & flag.padded) !== 0
  const at = padded ? 1 : 0
  const length = type === frameType.pushPromise ? 4 : type === frameType.headers && flags & flag.priority ? 5 : 0
  return {
    type,
    stream,
    endStream: type === frameType.headers && (flags & flag.endStream) !== 0,
    before: length > 0 ? copyOf(payload, at, at + length) : undefined,
    padding: padded ? payload[0] : undefined,
  }
}
