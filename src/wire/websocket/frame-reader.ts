import type { Fault, FaultCode } from '../fault.ts'

export interface WebSocketFrame {
  readonly fin: boolean
  /** The three reserved bits, RSV1 the highest. */
  readonly rsv: number
  readonly opcode: number
  readonly masked: boolean
  /** Bytes of payload. */
  readonly length: number
}

export interface WebSocketFrameSink {
  /** `header` as it came, good until the call returns. */
  frame(frame: WebSocketFrame, header: Uint8Array): void
  /** Unmasked payload, and as it came; good until the call returns. */
  payload(bytes: Uint8Array, raw: Uint8Array): void
  frameEnd(): void
  fault(fault: Fault): void
}

/** Reads the frames of one direction of a WebSocket (RFC 6455 5.2). Without `wantsPayload` payloads are only counted. */
export class WebSocketFrameReader {
  readonly #sink: WebSocketFrameSink
  readonly #wantsPayload: boolean
  readonly #header = new Uint8Array(14)
  #headerLength = 0
  #inPayload = false
  #left = 0
  #masked = false
  /** Payload bytes read of this frame, modulo 4. */
  #phase = 0
  #lost = false

  constructor(sink: WebSocketFrameSink, wantsPayload: boolean) {
    this.#sink = sink
    this.#wantsPayload = wantsPayload
  }

  /** Whether reading has stopped for good. */
  get lost(): boolean {
    return this.#lost
  }

  /** No more bytes will come. */
  finish(): void {
    if (this.#headerLength > 0) this.#lose('websocket/incomplete-frame')
  }

  /** Of a frame whose header is not whole, or cannot be read. */
  get partialHeader(): Uint8Array {
    return this.#inPayload ? this.#header.slice(0, 0) : this.#header.slice(0, this.#headerLength)
  }

  /** Answers how many bytes were read: all, but where it stops for good. */
  push(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.length && !this.#lost) {
      if (this.#inPayload) at = this.#readPayload(bytes, at)
      else {
        this.#header[this.#headerLength++] = bytes[at++]!
        if (this.#headerLength >= 2 && this.#headerLength === this.#headerSize()) this.#begin()
      }
    }
    return at
  }

  /** `length` bytes passed that nobody kept. */
  gap(length: number): void {
    if (this.#lost) return
    if (!this.#inPayload || length > this.#left) {
      this.#lose('websocket/gap', `${length} bytes where a frame header stood`)
      return
    }
    this.#phase = (this.#phase + length) & 3
    this.#left -= length
    if (this.#left === 0) this.#end()
  }

  #headerSize(): number {
    const second = this.#header[1]!
    const length = second & 127
    return 2 + (length === 127 ? 8 : length === 126 ? 2 : 0) + (second & 128 ? 4 : 0)
  }

  #begin(): void {
    const first = this.#header[0]!
    const second = this.#header[1]!
    const view = new DataView(this.#header.buffer)
    const short = second & 127
    const length =
      short === 127 ? view.getUint32(2) * 2 ** 32 + view.getUint32(6) : short === 126 ? view.getUint16(2) : short
    if (!Number.isSafeInteger(length)) {
      this.#lose('websocket/bad-length')
      return
    }
    const frame = { fin: first >= 128, rsv: (first >> 4) & 7, opcode: first & 15, masked: second >= 128, length }
    this.#check(frame)
    this.#left = length
    this.#masked = frame.masked
    this.#phase = 0
    this.#inPayload = true
    this.#sink.frame(frame, this.#header.subarray(0, this.#headerLength))
    if (length === 0) this.#end()
  }

  #check(frame: WebSocketFrame): void {
    const { opcode, fin, length } = frame
    if ((opcode > 2 && opcode < 8) || opcode > 10)
      this.#sink.fault({ code: 'websocket/reserved-opcode', detail: `opcode ${opcode}` })
    if (opcode >= 8 && (!fin || length > 125)) this.#sink.fault({ code: 'websocket/bad-control-frame' })
  }

  #readPayload(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + this.#left)
    if (this.#wantsPayload) {
      const raw = bytes.subarray(at, end)
      this.#sink.payload(this.#masked ? this.#unmask(bytes, at, end) : raw, raw)
    }
    this.#left -= end - at
    if (this.#left === 0) this.#end()
    return end
  }

  #unmask(bytes: Uint8Array, at: number, end: number): Uint8Array {
    const plain = new Uint8Array(end - at)
    const key = this.#headerLength - 4
    let phase = this.#phase
    for (let i = at; i < end; i++) {
      plain[i - at] = bytes[i]! ^ this.#header[key + phase]!
      phase = (phase + 1) & 3
    }
    this.#phase = phase
    return plain
  }

  #end(): void {
    this.#inPayload = false
    this.#headerLength = 0
    this.#sink.frameEnd()
  }

  #lose(code: FaultCode, detail?: string): void {
    if (this.#lost) return
    this.#lost = true
    this.#sink.fault({ code, detail })
  }
}
