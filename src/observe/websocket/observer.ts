import type { Direction } from '../../model/party.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { GrowingBytes } from '../../wire/growing-bytes.ts'
import {
  type WebSocketFrame,
  WebSocketFrameReader,
  type WebSocketFrameSink,
} from '../../wire/websocket/frame-reader.ts'
import { type Fault, type MessageTap, senderOf } from '../plain.ts'

const maxKept = 1024 * 1024

/** Both directions of one WebSocket. */
export class WebSocketObserver {
  readonly #toServer: WebSocketHalf
  readonly #toClient: WebSocketHalf

  constructor(key: number, tell: (problem: Problem) => void, onMessage?: MessageTap) {
    this.#toServer = new WebSocketHalf('to-server', key, tell, onMessage)
    this.#toClient = new WebSocketHalf('to-client', key, tell, onMessage)
  }

  push(direction: Direction, at: number, bytes: Uint8Array): void {
    this.#half(direction).push(at, bytes)
  }

  gap(direction: Direction, at: number, length: number): void {
    this.#half(direction).gap(at, length)
  }

  /** That direction ended. */
  end(direction: Direction): void {
    this.#half(direction).end()
  }

  #half(direction: Direction): WebSocketHalf {
    return direction === 'to-server' ? this.#toServer : this.#toClient
  }
}

class WebSocketHalf implements WebSocketFrameSink {
  readonly #direction: Direction
  readonly #key: number
  readonly #tell: (problem: Problem) => void
  readonly #onMessage: MessageTap | undefined
  readonly #reader: WebSocketFrameReader
  readonly #payload = new GrowingBytes()
  readonly #told = new Set<string>()
  #frame: WebSocketFrame | undefined
  /** Bytes of the frame are missing: what follows them is not kept, so that what is kept is its beginning. */
  #gapped = false
  #at = 0

  constructor(direction: Direction, key: number, tell: (problem: Problem) => void, onMessage?: MessageTap) {
    this.#direction = direction
    this.#key = key
    this.#tell = tell
    this.#onMessage = onMessage
    this.#reader = new WebSocketFrameReader(this, onMessage !== undefined)
  }

  push(at: number, bytes: Uint8Array): void {
    this.#at = at
    this.#reader.push(bytes)
  }

  gap(at: number, length: number): void {
    this.#at = at
    this.#gapped = true
    this.#reader.gap(length)
  }

  end(): void {
    this.#reader.finish()
  }

  frame(frame: WebSocketFrame): void {
    this.#frame = frame
    if (frame.masked === (this.#direction === 'to-server')) return
    const detail = frame.masked ? 'the server masks its frames' : 'the client does not mask its frames'
    this.fault({ code: 'websocket/bad-masking', detail })
  }

  payload(bytes: Uint8Array): void {
    if (this.#gapped) return
    const room = maxKept - this.#payload.length
    this.#payload.append(bytes, 0, Math.min(room, bytes.length))
  }

  frameEnd(): void {
    this.#gapped = false
    const frame = this.#frame
    if (this.#onMessage === undefined || frame === undefined) return
    const { opcode, fin, length, rsv } = frame
    const bytes = this.#payload.take()
    const direction = this.#direction
    this.#onMessage(this.#key, { direction, at: this.#at, opcode, fin, bytes, length, compressed: (rsv & 4) !== 0 })
  }

  fault({ code, detail }: Fault): void {
    if (this.#told.has(code)) return
    this.#told.add(code)
    this.#tell(problemOf(code, { detail, sender: senderOf(this.#direction) }))
  }
}
