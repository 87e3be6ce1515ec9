import type { Header } from '../../model/exchange.ts'
import type { Direction } from '../../model/party.ts'
import { u32 } from '../../wire/bytes.ts'
import { GrowingBytes } from '../../wire/growing-bytes.ts'
import { fieldFragment } from '../../wire/http2/field-fragment.ts'
import { type FrameHeader, FrameReader, type FrameSink } from '../../wire/http2/frame-reader.ts'
import { HpackDecoder } from '../../wire/http2/hpack/decoder.ts'
import { flag, frameType, frameTypeName, setting } from '../../wire/http2/names.ts'
import { latin1 } from '../../wire/latin1.ts'
import { MalformedError } from '../../wire/reader.ts'
import type { Fault, FrameTap } from '../plain.ts'
import { badLength, headerFaults, openingFault, payloadFault, settingFault } from './frame-faults.ts'

/** What one direction of an HTTP/2 connection says, in its order. */
export interface Http2Listener {
  /** A whole header block; no fields when they cannot be decoded any more. */
  headers(stream: number, fields: readonly Header[] | undefined, endStream: boolean): void
  promise(promised: number, fields: readonly Header[] | undefined): void
  data(stream: number, bytes: Uint8Array): void
  dropped(stream: number, length: number): void
  /** The DATA frame with END_STREAM has passed. */
  dataEnds(stream: number): void
  reset(stream: number, error: number): void
  goaway(lastStream: number, error: number, debug: string): void
  setting(id: number, value: number): void
  /** A fault of one stream, or of the connection when `stream` is 0. */
  fault(stream: number, fault: Fault): void
}

/** A header block that CONTINUATION frames go on with. */
interface Block {
  readonly stream: number
  /** The promised stream, for PUSH_PROMISE. */
  readonly promised: number | undefined
  readonly endStream: boolean
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')
const maxBlock = 1024 * 1024

/** Reads one direction: preface, frames, header blocks. Its listener makes exchanges of it. */
export class Http2Half implements FrameSink {
  readonly #direction: Direction
  readonly #listener: Http2Listener
  readonly #tap: FrameTap | undefined
  readonly #reader = new FrameReader(this)
  readonly #fragments = new GrowingBytes()
  /** Absent once a block could not be decoded: the table is out of step for good. */
  #hpack: HpackDecoder | undefined = new HpackDecoder()
  #block: Block | undefined
  /** Octets of the preface that are still to come. */
  #prefaceLeft: number
  #maxFrame = 16_384
  #at = 0
  #lost = false
  #missed = false
  /** No frame has come yet. */
  #opening = true

  constructor(direction: Direction, listener: Http2Listener, tap?: FrameTap) {
    this.#direction = direction
    this.#listener = listener
    this.#tap = tap
    this.#prefaceLeft = direction === 'to-server' ? preface.length : 0
  }

  /** Whether reading has stopped for good. */
  get lost(): boolean {
    return this.#lost
  }

  /** Whether it has because bytes were not recorded. */
  get missed(): boolean {
    return this.#missed
  }

  /** Whether what comes next is a frame that none has to go before. */
  get between(): boolean {
    return !this.#lost && this.#prefaceLeft === 0 && !this.#reader.inFrame && this.#block === undefined
  }

  push(at: number, bytes: Uint8Array): void {
    this.#at = at
    let from = 0
    while (this.#prefaceLeft > 0 && from < bytes.length && !this.#lost) {
      if (bytes[from++] === preface[preface.length - this.#prefaceLeft]) this.#prefaceLeft--
      else this.#lose('http2/bad-preface', 'the client does not begin with the HTTP/2 preface (RFC 9113 3.4)')
    }
    if (!this.#lost) this.#reader.push(bytes, from)
  }

  gap(at: number, length: number): void {
    this.#at = at
    if (length <= 0 || this.#lost) return
    if (this.#prefaceLeft === 0 && this.#reader.gap(length)) return
    this.#missed = true
    this.#lose('http2/gap', `${length} bytes where a frame header or a header block stood`)
  }

  /** No more bytes will come. */
  finish(): void {
    const begun = this.#prefaceLeft > 0 && this.#prefaceLeft < preface.length
    if (!this.#lost && (begun || this.#reader.midFrame || this.#block !== undefined))
      this.fault({ code: 'http2/incomplete-frame' })
  }

  /** The receiver's settings, told by the other half. */
  obey(id: number, value: number): void {
    if (id === setting.headerTableSize) this.#hpack?.allow(value)
    else if (id === setting.maxFrameSize) this.#maxFrame = Math.max(this.#maxFrame, value)
  }

  /** What the receiver’s settings allow is not known any more. */
  allowAll(): void {
    this.obey(setting.headerTableSize, Infinity)
    this.obey(setting.maxFrameSize, Infinity)
  }

  frame(header: FrameHeader, payload: Uint8Array | undefined): void {
    const table = this.#block === undefined ? this.#hpack?.table : undefined
    this.#tap?.(this.#direction, this.#at, header, payload, table)
    this.#check(header)
    const { type } = header
    if (payload === undefined) {
      this.#tooLong(header)
      return
    }
    const fault = payloadFault(header, payload)
    if (fault) this.#listener.fault(header.stream, fault)
    switch (type) {
      case frameType.headers:
        this.#headers(header, payload)
        break
      case frameType.pushPromise:
        this.#pushPromise(header, payload)
        break
      case frameType.continuation:
        this.#continuation(header, payload)
        break
      case frameType.rstStream:
        if (payload.length === 4) this.#listener.reset(header.stream, u32(payload, 0))
        break
      case frameType.settings:
        this.#settings(header, payload)
        break
      case frameType.goaway:
        if (payload.length < 8) this.#badLength(header)
        else
          this.#listener.goaway(
            u32(payload, 0) % 2 ** 31,
            u32(payload, 4),
            latin1(payload, 8, Math.min(payload.length, 264)),
          )
    }
  }

  dataBegins(header: FrameHeader): void {
    this.#tap?.(this.#direction, this.#at, header, undefined)
    this.#check(header)
  }

  data(header: FrameHeader, bytes: Uint8Array): void {
    this.#listener.data(header.stream, bytes)
  }

  dataDropped(header: FrameHeader, length: number): void {
    this.#listener.dropped(header.stream, length)
  }

  dataEnds(header: FrameHeader): void {
    if (header.flags & flag.endStream) this.#listener.dataEnds(header.stream)
  }

  fault(fault: Fault): void {
    this.#listener.fault(0, fault)
  }

  /** What is wrong with a frame whatever it carries. */
  #check(header: FrameHeader): void {
    if (this.#opening) this.#begins(header)
    if (this.#lost) return
    if (header.length > this.#maxFrame)
      this.fault({
        code: 'http2/frame-too-large',
        detail: `${header.length} bytes where ${this.#maxFrame} are allowed`,
      })
    for (const fault of headerFaults(this.#direction, header)) this.fault(fault)
    if (this.#block !== undefined && (header.type !== frameType.continuation || header.stream !== this.#block.stream)) {
      this.fault({ code: 'http2/continuation-expected' })
      this.#stopDecoding(this.#block.stream, 'another frame came inside it')
      this.#emit(undefined)
    }
  }

  #begins(header: FrameHeader): void {
    this.#opening = false
    const fault = openingFault(this.#direction, header)
    if (fault?.code === 'http2/not-http2') this.#lose(fault.code, fault.detail)
    else if (fault) this.fault(fault)
  }

  /** A frame whose payload was not kept: its stream is told all the same. */
  #tooLong({ type, stream, flags, length }: FrameHeader): void {
    if (type !== frameType.headers && type !== frameType.pushPromise && type !== frameType.continuation) return
    this.#stopDecoding(stream, `a frame of it with ${length} bytes was not kept`, 'http2/header-block-too-large')
    if (type === frameType.headers)
      this.#block = { stream, promised: undefined, endStream: (flags & flag.endStream) !== 0 }
    if (this.#block !== undefined && flags & flag.endHeaders) this.#emit(undefined)
  }

  #headers(header: FrameHeader, payload: Uint8Array): void {
    const { stream, flags } = header
    this.#open({ stream, promised: undefined, endStream: (flags & flag.endStream) !== 0 }, header, payload)
  }

  #pushPromise(header: FrameHeader, payload: Uint8Array): void {
    const at = header.flags & flag.padded ? 1 : 0
    const promised = payload.length >= at + 4 ? u32(payload, at) % 2 ** 31 : 0
    this.#open({ stream: header.stream, promised, endStream: false }, header, payload)
  }

  #open(block: Block, header: FrameHeader, payload: Uint8Array): void {
    const { start, end } = fieldFragment(header, payload)
    this.#block = block
    if (start > end) {
      this.fault({ code: 'http2/bad-padding', detail: frameTypeName(header.type) })
      this.#stopDecoding(block.stream, 'it is all padding')
      this.#emit(undefined)
    } else if (header.flags & flag.endHeaders) this.#emit(this.#decode(payload, start, end))
    else this.#fragments.append(payload, start, end)
  }

  #continuation(header: FrameHeader, payload: Uint8Array): void {
    if (this.#block === undefined) {
      this.fault({ code: 'http2/unexpected-continuation' })
      this.#stopDecoding(0, 'it has no beginning')
      return
    }
    if (this.#hpack) this.#fragments.append(payload)
    if (this.#fragments.length > maxBlock) this.#stopDecoding(0, 'it is over 1 MB', 'http2/header-block-too-large')
    if (this.#block !== undefined && header.flags & flag.endHeaders) this.#emit(this.#decode(this.#fragments.take()))
  }

  #decode(bytes: Uint8Array, start = 0, end = bytes.length): readonly Header[] | undefined {
    if (this.#hpack === undefined) return undefined
    const { stream } = this.#block!
    try {
      const fields = this.#hpack.decode(bytes, start, end)
      if (this.#hpack.truncated)
        this.#listener.fault(0, {
          code: 'http2/header-list-too-large',
          detail: `stream ${stream} has over 1 MB; the fields beyond are left out`,
        })
      return fields
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      this.#stopDecoding(stream, error.message)
      return undefined
    }
  }

  #emit(fields: readonly Header[] | undefined): void {
    const { stream, promised, endStream } = this.#block!
    this.#block = undefined
    if (promised !== undefined) this.#listener.promise(promised, fields)
    else if (stream !== 0) this.#listener.headers(stream, fields, endStream)
  }

  /** The table is out of step for good. A block that is under way is told without its fields. */
  #stopDecoding(stream: number, why: string, code: Fault['code'] = 'http2/hpack'): void {
    if (this.#hpack !== undefined) {
      const where = stream === 0 ? '' : ` on stream ${stream}`
      this.fault({ code, detail: `${why}${where}` })
    }
    this.#hpack = undefined
    this.#fragments.take()
  }

  #settings(header: FrameHeader, payload: Uint8Array): void {
    if (payload.length % 6 !== 0 || (header.flags & flag.ack && payload.length > 0)) this.#badLength(header)
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      const [id, value] = [payload[at]! * 256 + payload[at + 1]!, u32(payload, at + 2)]
      const fault = settingFault(this.#direction, id, value)
      if (fault) this.fault(fault)
      this.#listener.setting(id, value)
    }
  }

  #badLength({ type, length }: FrameHeader): void {
    this.fault(badLength(type, length))
  }

  #lose(code: Fault['code'], detail?: string): void {
    this.#lost = true
    this.fault({ code, detail })
  }
}
