import type { ActedMessage } from '../model/acted-event.ts'
import type { Direction } from '../model/party.ts'
import type { ActedOnMessage, StreamMessage } from '../model/stream-message.ts'
import type { WebSocketMessage } from '../observe/plain.ts'
import { MessageAssembler } from '../observe/websocket/message-assembler.ts'
import { GrowingBytes } from '../wire/growing-bytes.ts'

/** Bytes kept of what the server has in the place of a message. */
const mostKept = 64 * 1024
/** What was done with messages that have not come. */
const mostWaiting = 64
/** Messages of a direction that have come and that something may yet be told of. */
const mostKnown = 4096

/** What was done with a message, as soon as its content is here. */
interface Told {
  readonly at: number
  readonly event: ActedMessage
  readonly kept: GrowingBytes
  /** Bytes of its content that have passed, kept or not. */
  passed: number
}

/** The data messages of one direction, by their place on the client leg. */
interface Half {
  count: number
  readonly seqs: number[]
  filling: Told | undefined
  waiting: Told[]
}

const newHalf = (): Half => ({ count: 0, seqs: [], filling: undefined, waiting: [] })

/** The messages of one WebSocket: those of the client leg, and what Parley did with some of them. */
export class SocketMessages {
  readonly #assembler: MessageAssembler
  readonly #tell: (message: StreamMessage) => void
  readonly #tellActed: (seq: number, acted: ActedOnMessage) => void
  readonly #halves: Readonly<Record<Direction, Half>> = { 'to-server': newHalf(), 'to-client': newHalf() }

  constructor(tell: (message: StreamMessage) => void, tellActed: (seq: number, acted: ActedOnMessage) => void) {
    this.#tell = tell
    this.#tellActed = tellActed
    this.#assembler = new MessageAssembler(message => this.#came(message))
  }

  /** A frame of the client leg. */
  push(frame: WebSocketMessage): void {
    this.#assembler.push(frame)
  }

  /** No frame will come any more. */
  end(): void {
    for (const half of Object.values(this.#halves)) this.#fill(half)
    this.#assembler.end()
  }

  acted(at: number, event: ActedMessage): void {
    const half = this.#halves[event.direction]
    this.#fill(half)
    half.filling = { at, event, kept: new GrowingBytes(), passed: 0 }
    if (event.length === 0) this.#fill(half)
  }

  /** False where it is no content of a message. */
  content(direction: Direction, bytes: Uint8Array): boolean {
    const { filling } = this.#halves[direction]
    if (!filling) return false
    // What follows bytes that were not kept is not kept either: the bytes are one beginning.
    const room = filling.kept.length === filling.passed ? mostKept - filling.passed : 0
    filling.kept.append(bytes, 0, Math.max(0, Math.min(bytes.length, room)))
    this.#passes(direction, filling, bytes.length)
    return true
  }

  gap(direction: Direction, length: number): boolean {
    const { filling } = this.#halves[direction]
    if (filling) this.#passes(direction, filling, length)
    return filling !== undefined
  }

  #passes(direction: Direction, filling: Told, length: number): void {
    filling.passed += length
    if (filling.passed >= filling.event.length) this.#fill(this.#halves[direction])
  }

  /** The content of what was told is here, as far as it will come. */
  #fill(half: Half): void {
    const { filling } = half
    half.filling = undefined
    if (!filling) return
    if (half.waiting.length < mostWaiting) half.waiting.push(filling)
    this.#settle(half)
  }

  #came(message: StreamMessage): void {
    this.#tell(message)
    if (!isData(message)) return
    const half = this.#halves[message.direction]
    half.seqs[half.count++ % mostKnown] = message.seq
    this.#settle(half)
  }

  /** Tells what waited for its message. */
  #settle(half: Half): void {
    const told = half.waiting.filter(each => this.#settled(half, each))
    if (told.length > 0) half.waiting = half.waiting.filter(each => !told.includes(each))
  }

  #settled(half: Half, told: Told): boolean {
    const { place, how, direction } = told.event
    if (how === 'dropped' && direction === 'to-client') {
      if (place > half.count) return false
      this.#dropped(told)
      return true
    }
    if (place >= half.count) return false
    if (half.count - place <= mostKnown) this.#tellActed(half.seqs[place % mostKnown]!, actedOn(told))
    return true
  }

  /** A message that the client never got stands among the others as the server sent it. */
  #dropped({ at, event, kept }: Told): void {
    const { direction, opcode, length, acts } = event
    const seq = this.#assembler.takeSeq()
    const plain = { frames: 1, compressed: false, complete: true }
    this.#tell({ seq, direction, at, endedAt: at, opcode, ...plain, length, bytes: kept.take() })
    this.#tellActed(seq, { how: 'dropped', acts })
  }
}

/** What the relay counts: neither control frames, nor what breaks the rules of fragments. */
const isData = ({ opcode, complete }: StreamMessage): boolean => opcode > 0 && opcode < 8 && complete

const actedOn = ({ event: { how, acts, length }, kept }: Told): ActedOnMessage => ({
  how,
  acts,
  ...(how === 'changed' && { server: { length, bytes: kept.take() } }),
})
