import type { Direction } from '../../../../model/party.ts'
import type { WebSocketClaims } from '../../../../rules/claims.ts'
import type { StreamVerdict } from '../../../../rules/verdict.ts'
import { type WebSocketFrame, WebSocketFrameReader } from '../../../../wire/websocket/frame-reader.ts'
import { ContextInflater, type DeflateHalf, deflateAlone } from '../../../../wire/websocket/permessage-deflate.ts'
import { writeFrame } from '../../../../wire/websocket/write-frame.ts'
import { dueAt } from './due-at.ts'
import { LargeMessage } from './large-message.ts'
import type { WebSocketPorts } from './websocket-ports.ts'

interface Frame extends WebSocketFrame {
  /** As it came. */
  readonly raw: Uint8Array[]
  readonly payload: Uint8Array[]
}

/** What came, in order: frames of one message, a piece of one, a frame of control, or bytes that are not understood. */
type Item =
  | { readonly type: 'message'; readonly frames: readonly Frame[]; readonly at: number }
  | { readonly type: 'raw'; readonly bytes: readonly Uint8Array[] }
  | Piece

/** Of a message that is too large to be held; `first` is its first frame. */
interface Piece {
  readonly type: 'piece'
  readonly first: WebSocketFrame
  readonly begins: boolean
  readonly ends: boolean
  readonly raw: readonly Uint8Array[]
  readonly payload: readonly Uint8Array[]
}

/** A message of which pieces have passed. */
interface Passing {
  /** Reads it, as those after it may refer to it. */
  readonly large: LargeMessage | undefined
  /** Its receiver cannot read it as it came, and gets it uncompressed. */
  readonly recodes: boolean
}

const most = 16 * 1024 * 1024 // bytes of a message that is held; a larger one passes as it came
const frameCost = 256 // bytes that a frame takes besides its payload, which may be none
const compressed = 4 // RSV1 (RFC 7692 6)

/** One direction of a WebSocket. Control frames in the midst of a message go on at once, as they came. */
export class WebSocketHalf {
  readonly #direction: Direction
  readonly #claims: WebSocketClaims
  readonly #ports: WebSocketPorts
  readonly #deflate: DeflateHalf | undefined
  readonly #inflater: ContextInflater | undefined
  readonly #reader: WebSocketFrameReader
  readonly #queue: Item[] = []
  #frame: Frame | undefined
  #message: Frame[] = []
  #bytes = 0
  /** The message that comes is too large to be held, and its frames pass: its first. */
  #large: WebSocketFrame | undefined
  #passing: Passing = { large: undefined, recodes: false }
  /** A compressed message was changed or left out: those after it can no longer refer to it. */
  #forked = false
  #waits = false
  #timer: NodeJS.Timeout | undefined
  /** Of the next message among those of the client leg. */
  #place = 0
  #over = false

  constructor(direction: Direction, claims: WebSocketClaims, deflate: DeflateHalf | undefined, ports: WebSocketPorts) {
    this.#direction = direction
    this.#claims = claims
    this.#ports = ports
    this.#deflate = deflate
    this.#inflater = deflate && new ContextInflater(deflate, most)
    this.#reader = new WebSocketFrameReader(
      {
        frame: (frame, header) => this.#begin(frame, header),
        payload: (bytes, raw) => this.#payload(bytes, raw),
        frameEnd: () => this.#end(),
        fault: () => {}, // the observer names it
      },
      true,
    )
  }

  push(bytes: Uint8Array): void {
    const wasLost = this.#reader.lost
    const read = wasLost ? 0 : this.#reader.push(bytes)
    if (this.#reader.lost) {
      const header = wasLost ? [] : [...this.#partial(), this.#reader.partialHeader]
      this.#enqueue({ type: 'raw', bytes: [...header, Buffer.from(bytes.subarray(read))] })
    }
    this.#advance()
  }

  end(): void {
    if (this.#over || this.#reader.lost) return
    this.#enqueue({ type: 'raw', bytes: [...this.#partial(), this.#reader.partialHeader] })
    this.#advance()
  }

  close(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#passing.large?.close()
  }

  /** Frames of a message that will not become whole. */
  #partial(): readonly Uint8Array[] {
    const frames = this.#frame && !this.#message.includes(this.#frame) ? [...this.#message, this.#frame] : this.#message
    this.#message = []
    this.#frame = undefined
    return frames.flatMap(frame => frame.raw)
  }

  #begin(frame: WebSocketFrame, header: Uint8Array): void {
    this.#frame = { ...frame, raw: [Buffer.from(header)], payload: [] }
    if (frame.opcode < 8) this.#judgeSize(frame.length + frameCost)
  }

  /** What is too large to be held passes from where that shows. */
  #judgeSize(length: number): void {
    this.#bytes += length
    if (this.#large || this.#bytes <= most) return
    const frames = this.#message.splice(0)
    this.#large = frames[0] ?? this.#frame!
    const payload = frames.flatMap(frame => frame.payload)
    this.#piece({ begins: true, raw: frames.flatMap(frame => frame.raw), payload })
  }

  #piece(more: Partial<Piece> & Pick<Piece, 'raw'>): void {
    this.#queue.push({ type: 'piece', first: this.#large!, begins: false, ends: false, payload: [], ...more })
  }

  #payload(bytes: Uint8Array, raw: Uint8Array): void {
    const frame = this.#frame!
    if (this.#large && frame.opcode < 8) {
      const own = Buffer.from(raw)
      return this.#piece({ raw: [...frame.raw.splice(0), own], payload: [bytes === raw ? own : Buffer.from(bytes)] })
    }
    frame.raw.push(Buffer.from(raw))
    frame.payload.push(bytes === raw ? frame.raw.at(-1)! : bytes)
  }

  #end(): void {
    const frame = this.#frame!
    this.#frame = undefined
    if (frame.opcode >= 8) return this.#enqueue({ type: 'raw', bytes: frame.raw })
    if (this.#large) this.#piece({ raw: frame.raw, ends: frame.fin })
    else this.#message.push(frame)
    if (!frame.fin) return
    if (!this.#large) this.#enqueue({ type: 'message', frames: this.#message, at: performance.now() })
    this.#large = undefined
    this.#message = []
    this.#bytes = 0
  }

  #enqueue(item: Exclude<Item, Piece>): void {
    if (item.type === 'message' || item.bytes.some(bytes => bytes.length > 0)) this.#queue.push(item)
  }

  #advance(): void {
    while (!this.#waits && !this.#over) {
      const item = this.#queue.shift()
      if (!item) return
      if (item.type === 'raw') this.#write(item.bytes)
      else if (item.type === 'piece') this.#goesBy(item)
      else this.#ask(item.frames, item.at)
    }
  }

  /** `at`: when its end came, in ms of performance.now(). */
  #ask(frames: readonly Frame[], at: number): void {
    const payload = Buffer.concat(frames.flatMap(frame => frame.payload))
    const [first] = frames
    const isCompressed = this.#inflater !== undefined && (first!.rsv & compressed) !== 0
    const bytes = isCompressed ? this.#inflater!.inflate(payload) : payload
    if (!bytes) return this.#goesBy(wholePiece(frames, payload))
    if (first!.opcode === 0) return this.#pass(frames)
    const verdict = this.#verdict(first!.opcode, bytes)
    const perform = (given: StreamVerdict): void => {
      const wait = given.pace ? dueAt(given.pace, payload.length, at) - performance.now() : 0
      const act = (): void => this.#perform(given, frames, bytes, isCompressed)
      if (wait <= 0) return act()
      this.#wait(new Promise(resolve => (this.#timer = setTimeout(() => resolve(act), wait))))
    }
    if (verdict instanceof Promise) this.#wait(verdict.catch(() => asItCame).then(given => () => perform(given)))
    else perform(verdict)
  }

  /** What follows waits for that, which then has its turn first. */
  #wait(until: Promise<() => void>): void {
    this.#waits = true
    this.#ports.hold(this.#direction, true)
    void until.then(then => {
      if (this.#over) return
      this.#waits = false
      then()
      this.#advance()
      if (!this.#waits) this.#ports.hold(this.#direction, false)
    })
  }

  #goesBy({ first, begins, ends, raw, payload }: Piece): void {
    if (begins) this.#passing = this.#passingOf(first)
    const { large, recodes } = this.#passing
    if (!recodes) this.#write(raw)
    for (const part of payload) large?.push(part)
    if (ends && first.opcode !== 0) this.#place++
    const room = ends ? undefined : large?.room()
    if (room) this.#wait(room.then(() => () => {}))
    if (ends && large) this.#wait(large.end().then(window => () => this.#inflater!.goOn(window)))
  }

  #passingOf(first: WebSocketFrame): Passing {
    const refers = (first.rsv & compressed) !== 0 && this.#deflate?.noContextTakeover === false
    const window = refers ? this.#inflater!.window : undefined
    if (!window) return { large: undefined, recodes: false }
    const recodes = this.#forked
    return { large: new LargeMessage(first, window, recodes ? frame => this.#write([frame]) : undefined), recodes }
  }

  /** Nobody can say what it says. */
  #pass(frames: readonly Frame[]): void {
    if (frames[0]!.opcode !== 0) this.#place++
    this.#write(frames.flatMap(frame => frame.raw))
  }

  #verdict(opcode: number, bytes: Uint8Array): StreamVerdict | Promise<StreamVerdict> {
    try {
      return this.#claims.act({ direction: this.#direction, opcode, bytes })
    } catch {
      return asItCame
    }
  }

  #perform(verdict: StreamVerdict, frames: readonly Frame[], bytes: Uint8Array, isCompressed: boolean): void {
    const place = this.#place
    if (this.#direction === 'to-server' || verdict.type !== 'drop') this.#place++
    this.#tell(verdict, frames[0]!.opcode, bytes, place)
    for (const problem of verdict.problems ?? []) this.#ports.acted({ type: 'problem', problem })
    const forks = isCompressed && this.#deflate?.noContextTakeover === false
    if (verdict.type === 'drop') {
      if (forks) this.#forked = true
      return
    }
    if (verdict.type === 'change') {
      if (forks) this.#forked = true
      return this.#rewrite(frames, verdict.bytes, isCompressed)
    }
    if (isCompressed && this.#forked) this.#rewrite(frames, bytes, true)
    else this.#write(frames.flatMap(frame => frame.raw))
  }

  /** What the server sent, or gets; the other side's is on the client leg. */
  #tell(verdict: StreamVerdict, opcode: number, bytes: Uint8Array, place: number): void {
    if (verdict.type === 'pass') {
      for (const act of verdict.acts) this.#ports.acted({ type: 'acted', act })
      return
    }
    const sent = verdict.type === 'change' ? verdict.bytes : bytes.subarray(0, 0)
    const own = this.#direction === 'to-client' ? bytes : sent
    const how = verdict.type === 'drop' ? 'dropped' : 'changed'
    const { length } = own
    const { acts } = verdict
    this.#ports.acted({ type: 'stream-message', direction: this.#direction, place, how, opcode, length, acts })
    if (length > 0) this.#ports.serverContent(this.#direction, own)
  }

  /** In as many frames as there were: all in the first, but for their ends. */
  #rewrite(frames: readonly Frame[], bytes: Uint8Array, isCompressed: boolean): void {
    const deflated = isCompressed && this.#deflate ? deflateAlone(bytes, this.#deflate) : undefined
    const payload = deflated ?? bytes
    const size = Math.max(1, Math.ceil(payload.length / frames.length))
    const written = frames.map(({ fin, rsv, opcode, masked }, i) => {
      const own = i > 0 || !this.#deflate ? rsv : deflated ? rsv | compressed : rsv & ~compressed
      return writeFrame({ fin, rsv: own, opcode, masked }, payload.subarray(i * size, (i + 1) * size))
    })
    this.#write(written)
  }

  #write(parts: readonly Uint8Array[]): void {
    const [only] = parts
    this.#ports.write(this.#direction, parts.length === 1 ? only! : Buffer.concat(parts))
  }
}

const wholePiece = (frames: readonly Frame[], payload: Uint8Array): Piece => ({
  type: 'piece',
  first: frames[0]!,
  begins: true,
  ends: true,
  raw: frames.flatMap(frame => frame.raw),
  payload: [payload],
})

const asItCame: StreamVerdict = { type: 'pass', acts: [] }
