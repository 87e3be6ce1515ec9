import type { Direction } from '../direction.ts'
import { mostPayload, type PacketEnd, tcpFlag, writePacket } from './write-packet.ts'

/** A packet as it would have been seen beside the connection. */
export interface SeenPacket {
  /** ms since the epoch, fractional */
  readonly at: number
  readonly bytes: Uint8Array
  /** Bytes on the wire, where the packet was longer. */
  readonly length: number
  /** Of these the payload. */
  readonly payload: number
}

export interface ConversationEnds {
  readonly client: PacketEnd
  readonly server: PacketEnd
}

const opposite = { 'to-server': 'to-client', 'to-client': 'to-server' } as const satisfies Record<Direction, Direction>
const none = new Uint8Array()
const window = 65_535
const windowShift = 14 // RFC 7323 2.3: the largest
/** RFC 9293 3.7.1, RFC 7323 2: maximum segment size, no-operation, window scale. */
const synOptions = Uint8Array.of(2, 4, mostPayload >> 8, mostPayload & 255, 1, 3, 3, windowShift)
const mostUnacknowledged = 256 * 1024 // bytes; a reader keeps them in mind until they are acknowledged

/**
 * Writes the packets of one TCP connection around its bytes: sequence numbers follow from the place of the bytes, and
 * begin at 0. Times never go back. Acknowledgements go with the data of the other side, and by themselves where it has
 * none for long: when they were really sent, nobody has seen.
 */
export class ConversationWriter {
  readonly #ends: ConversationEnds
  /** The next sequence number of each direction. */
  readonly #next: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }
  readonly #acknowledged: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 }
  readonly #ended: Record<Direction, boolean> = { 'to-server': false, 'to-client': false }
  #at = 0
  #identification = 0

  constructor(ends: ConversationEnds) {
    this.#ends = ends
  }

  /** SYN at `asked`; the answers at `connected`, where there was one. */
  *open(asked: number, connected: number | undefined): Generator<SeenPacket> {
    yield this.#packet('to-server', asked, tcpFlag.syn, none)
    this.#next['to-server'] = 1
    if (connected === undefined) return
    yield this.#packet('to-client', connected, tcpFlag.syn | tcpFlag.ack, none)
    this.#next['to-client'] = 1
    yield this.#packet('to-server', connected, tcpFlag.ack, none)
  }

  /**
   * Bytes, the next of their direction, in as many packets as it takes; of `length` bytes on the wire, of which `bytes`
   * are the beginning.
   */
  *data(direction: Direction, at: number, bytes: Uint8Array, length = bytes.length): Generator<SeenPacket> {
    for (let from = 0; from < length; from += mostPayload) {
      const size = Math.min(mostPayload, length - from)
      yield this.#packet(direction, at, tcpFlag.ack | tcpFlag.psh, bytes.subarray(from, from + size), size)
      this.#next[direction] += size
      if (this.#next[direction] - this.#acknowledged[direction] > mostUnacknowledged)
        yield this.#packet(opposite[direction], at, tcpFlag.ack, none)
    }
  }

  /** One side says no more; with the other's FIN comes the last acknowledgement. */
  *end(direction: Direction, at: number): Generator<SeenPacket> {
    if (this.#ended[direction]) return
    this.#ended[direction] = true
    yield this.#packet(direction, at, tcpFlag.fin | tcpFlag.ack, none)
    this.#next[direction]++
    if (this.#ended[opposite[direction]]) yield this.#packet(opposite[direction], at, tcpFlag.ack, none)
  }

  /** One side resets it. */
  *reset(direction: Direction, at: number): Generator<SeenPacket> {
    yield this.#packet(direction, at, tcpFlag.rst | tcpFlag.ack, none)
  }

  #packet(direction: Direction, at: number, flags: number, payload: Uint8Array, length = payload.length): SeenPacket {
    const { client, server } = this.#ends
    const [from, to] = direction === 'to-server' ? [client, server] : [server, client]
    this.#at = Math.max(this.#at, at)
    const syn = (flags & tcpFlag.syn) !== 0
    if (flags & tcpFlag.ack) this.#acknowledged[opposite[direction]] = this.#next[opposite[direction]]
    const bytes = writePacket({
      from,
      to,
      sequence: this.#next[direction] % 2 ** 32,
      acknowledged: flags & tcpFlag.ack ? this.#next[opposite[direction]] % 2 ** 32 : 0,
      flags,
      window,
      ...(syn && { options: synOptions }),
      payload,
      length,
      identification: this.#identification++,
    })
    return { at: this.#at, bytes, length: bytes.length + length - payload.length, payload: length }
  }
}
