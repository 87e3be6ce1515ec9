import assert from 'node:assert/strict'
import type { Header } from '../../../../../src/model/exchange.ts'
import { u16, u31, u32 } from '../../../../../src/wire/bytes.ts'
import { GrowingBytes } from '../../../../../src/wire/growing-bytes.ts'
import { fieldFragment } from '../../../../../src/wire/http2/field-fragment.ts'
import { FrameCutter } from '../../../../../src/wire/http2/frame-cutter.ts'
import { HpackDecoder } from '../../../../../src/wire/http2/hpack/decoder.ts'
import { frameBytes, preface } from '../../../../wire/http2/frame-bytes.ts'
import { speaker } from './peers.ts'

export interface Message {
  readonly fields: readonly Header[]
  readonly body: Buffer
  readonly trailers?: readonly Header[] | undefined
}

interface Received {
  fields: readonly Header[]
  body: Buffer[]
  bytes: number
  trailers?: readonly Header[]
  ended: boolean
  /** Bytes that it has not consumed. */
  unread: number
}

interface Sending extends Message {
  readonly stream: number
  sent: number
  headSent: boolean
  window: number
}

/** A peer that keeps every rule of flow control and holds the other side to them; its steps come from a random number. */
export class Endpoint {
  readonly speaker = speaker()
  readonly received = new Map<number, Received>()
  readonly resets: number[] = []
  readonly #isClient: boolean
  readonly #send: (frames: Uint8Array) => void
  readonly #initial: number
  readonly #decoder = new HpackDecoder()
  readonly #fragments = new GrowingBytes()
  readonly #cutter: FrameCutter
  readonly #sending: Sending[] = []
  readonly #windows = new Map<number, number>()
  readonly #onMessage: (stream: number, message: Received) => void
  #prefaceLeft: number
  #sendWindow = 65_535
  /** What is sent before the other side's SETTINGS are known may overrun a window that they make smaller. */
  #agreed = false
  #peerInitial = 65_535
  #ownWindow = 65_535
  #ownStreams = new Map<number, number>()
  #unread = 0
  #block = { stream: 0, end: false }

  constructor(
    isClient: boolean,
    initialWindow: number,
    send: (frames: Uint8Array) => void,
    onMessage: (stream: number, message: Received) => void = () => {},
  ) {
    this.#isClient = isClient
    this.#send = send
    this.#initial = initialWindow
    this.#onMessage = onMessage
    this.#prefaceLeft = isClient ? 0 : preface.length
    this.#cutter = new FrameCutter({
      begins: () => 'whole',
      piece: () => {},
      rest: () => assert.fail('no frames'),
      whole: (type, flags, stream, bytes, from, to) => this.#frame(type, flags, stream, bytes.subarray(from + 9, to)),
    })
    if (isClient) send(preface)
    send(this.speaker.settings([4, initialWindow]))
  }

  hear(bytes: Uint8Array): void {
    const skipped = Math.min(this.#prefaceLeft, bytes.length)
    this.#prefaceLeft -= skipped
    this.#cutter.push(new Uint8Array(bytes.subarray(skipped)))
  }

  say(stream: number, message: Message): void {
    this.#sending.push({ ...message, stream, sent: 0, headSent: false, window: 0 })
  }

  /** Whether all has been said and all that came was consumed. */
  get idle(): boolean {
    return this.#sending.length === 0 && this.#unread === 0
  }

  /** Does something; `dice` gives numbers below what it is asked for. */
  step(dice: (below: number) => number): void {
    if (dice(3) === 0) this.#consume(dice)
    else if (this.#agreed && this.#sending.length > 0)
      this.#sendSome(this.#sending[dice(Math.min(6, this.#sending.length))]!, dice)
  }

  #sendSome(message: Sending, dice: (below: number) => number): void {
    const { stream, fields, body, trailers } = message
    const bodiless = body.length === 0 && trailers === undefined
    if (!message.headSent) {
      // those of a client are opened in their order
      if (this.#isClient && this.#sending.some(m => !m.headSent && m.stream < stream)) return
      message.headSent = true
      this.#send(this.speaker.headers(stream, fields, bodiless))
      if (bodiless) this.#done(message)
      return
    }
    const window = this.#windows.get(stream) ?? this.#peerInitial
    const padding = dice(5) === 0 ? dice(20) : undefined
    const over = padding === undefined ? 0 : padding + 1
    const most = Math.min(window, this.#sendWindow) - over
    const bytes = Math.min(dice(5000), body.length - message.sent, most)
    if (bytes < 0 || (bytes === 0 && message.sent < body.length)) return
    const part = body.subarray(message.sent, message.sent + bytes)
    message.sent += bytes
    const last = message.sent === body.length && trailers === undefined
    const payload = padding === undefined ? part : Buffer.concat([Buffer.of(padding), part, Buffer.alloc(padding)])
    if (payload.length > 0 || last)
      this.#send(frameBytes(0, (last ? 1 : 0) | (padding === undefined ? 0 : 8), stream, payload))
    this.#windows.set(stream, window - payload.length)
    this.#sendWindow -= payload.length
    if (message.sent < body.length) return
    if (trailers) this.#send(this.speaker.headers(stream, trailers, true))
    this.#done(message)
  }

  #done(message: Sending): void {
    this.#sending.splice(this.#sending.indexOf(message), 1)
  }

  #consume(dice: (below: number) => number): void {
    const streams = [...this.received].filter(([, { unread }]) => unread > 0)
    if (streams.length === 0) return
    const [stream, message] = streams[dice(streams.length)]!
    const bytes = Math.min(message.unread, 1 + dice(8000))
    message.unread -= bytes
    this.#unread -= bytes
    this.#ownWindow += bytes
    this.#ownStreams.set(stream, this.#ownStreams.get(stream)! + bytes)
    this.#send(this.speaker.window(0, bytes))
    if (!message.ended) this.#send(this.speaker.window(stream, bytes))
  }

  #frame(type: number, flags: number, stream: number, payload: Uint8Array): void {
    if (type === 0) this.#data(flags, stream, payload)
    else if (type === 1 || type === 9) this.#headers(type, flags, stream, payload)
    else if (type === 3) {
      this.resets.push(stream)
      for (const message of this.#sending.filter(m => m.stream === stream)) this.#done(message)
    } else if (type === 4 && (flags & 1) === 0) {
      for (let at = 0; at + 6 <= payload.length; at += 6)
        if (u16(payload, at) === 4) {
          const by = u32(payload, at + 2) - this.#peerInitial
          this.#peerInitial += by
          for (const [id, window] of this.#windows) this.#windows.set(id, window + by)
        }
      this.#agreed = true
      this.#send(frameBytes(4, 1, 0))
    } else if (type === 8) {
      const by = u31(payload, 0)
      assert.ok(by > 0)
      if (stream === 0) this.#sendWindow += by
      else this.#windows.set(stream, (this.#windows.get(stream) ?? this.#peerInitial) + by)
    }
  }

  #headers(type: number, flags: number, stream: number, payload: Uint8Array): void {
    const { start, end } = fieldFragment({ type, flags, stream, length: payload.length }, payload)
    this.#fragments.append(payload, start, end)
    if (type === 1) this.#block = { stream, end: (flags & 1) !== 0 }
    if ((flags & 4) === 0) return
    const fields = this.#decoder.decode(this.#fragments.take())
    const known = this.received.get(stream)
    if (known) known.trailers = fields
    else this.received.set(stream, { fields, body: [], bytes: 0, ended: false, unread: 0 })
    if (this.#block.end) this.#ended(stream)
  }

  #data(flags: number, stream: number, payload: Uint8Array): void {
    const message = this.received.get(stream)
    assert.ok(message && !message.ended, `DATA on stream ${stream}, which is not open`)
    const padding = flags & 8 ? payload[0]! + 1 : 0
    const content = Buffer.from(payload.subarray(flags & 8 ? 1 : 0, payload.length - (flags & 8 ? payload[0]! : 0)))
    assert.equal(content.length + padding, payload.length)
    this.#ownWindow -= payload.length
    const window = (this.#ownStreams.get(stream) ?? this.#initial) - payload.length
    assert.ok(this.#ownWindow >= 0, 'the window of the connection is overrun')
    assert.ok(window >= 0, `the window of stream ${stream} is overrun`)
    this.#ownStreams.set(stream, window)
    message.unread += payload.length
    this.#unread += payload.length
    message.body.push(content)
    if (flags & 1) this.#ended(stream)
  }

  #ended(stream: number): void {
    const message = this.received.get(stream)!
    message.ended = true
    this.#onMessage(stream, message)
  }

  /** Bytes of window that this side has for its own sending, and has given: on the connection. */
  get windows(): readonly [send: number, own: number] {
    return [this.#sendWindow, this.#ownWindow]
  }
}
