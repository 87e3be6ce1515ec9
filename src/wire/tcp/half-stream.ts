/** Whom one direction of a TCP connection tells its bytes, in order. */
export interface HalfSink {
  /** A view, good until the call returns. */
  data(at: number, bytes: Uint8Array): void
  /** So many bytes passed and are not in the capture. */
  gap(at: number, length: number): void
  /** All bytes up to the FIN were told. */
  end(at: number): void
}

interface Early {
  readonly at: number
  /** Of its first byte, from the first of the direction. */
  readonly position: number
  readonly bytes: Uint8Array
  readonly length: number
}

const mostEarly = 1024 // segments
const mostEarlyBytes = 4 * 1024 * 1024
const farthest = 2 ** 30 // the widest window there is (RFC 7323 2.3)

/**
 * One direction of a TCP connection put in order (RFC 9293 3.4): segments may come late, twice, or overlap, of which the
 * bytes that came first count, and sequence numbers wrap around. What a snap length cut, and what is not waited for any
 * more, it tells as a gap.
 */
export class HalfStream {
  readonly #sink: HalfSink
  /** Sequence number at `position`; undefined before the first segment. */
  #next: number | undefined
  #early: Early[] = []
  #earlyBytes = 0
  #finAt: number | undefined
  #ended = false
  /** Bytes told, gaps included. */
  position = 0

  constructor(sink: HalfSink) {
    this.#sink = sink
  }

  get hasEnded(): boolean {
    return this.#ended
  }

  /** The first byte has that sequence number, if nothing came before. */
  begin(sequence: number): void {
    this.#next ??= sequence >>> 0
  }

  /** `length` of the bytes passed, of which `bytes` were captured. */
  push(at: number, sequence: number, bytes: Uint8Array, length: number, fin: boolean): void {
    this.begin(sequence)
    const position = this.#positionOf(sequence)
    if (this.#ended || position - this.position > farthest) return
    if (fin) this.#finAt ??= position + length
    if (position <= this.position) this.#tell(at, position, bytes, length)
    else if (length > 0) this.#keep({ at, position, bytes: Uint8Array.from(bytes), length })
    while (this.#early.length > mostEarly || this.#earlyBytes > mostEarlyBytes) this.#passOne(at)
    this.#goOn(at)
  }

  /** Whether the receiver has bytes that were not told: they were lost to the capture, or come late in it. */
  owes(acknowledged: number): boolean {
    if (this.#next === undefined || this.#ended) return false
    const missing = this.#positionOf(acknowledged) - this.position
    return missing > (this.#early.length > 0 ? 0 : 1) && missing <= farthest // one may be a FIN
  }

  /** Whether that is where the next byte stands, or one that was told. */
  continuesAt(sequence: number): boolean {
    return this.#next !== undefined && this.#positionOf(sequence) <= this.position
  }

  /** What is still missing before that sequence number does not come any more. */
  pass(at: number, acknowledged: number): void {
    const until = this.#positionOf(acknowledged)
    while (this.#early.length > 0 && this.#early[0]!.position < until) this.#passOne(at)
    if (until - this.position > 1) this.#gap(at, until - this.position) // one is a FIN
    this.#goOn(at)
  }

  /** Nothing follows: what waits is told, and the gaps between. */
  close(at: number): void {
    if (this.#ended) return
    while (this.#early.length > 0) this.#passOne(at)
    if (this.#finAt !== undefined && this.#finAt > this.position) this.#gap(at, this.#finAt - this.position)
    if (this.#finAt !== undefined) this.#end(at)
    this.#ended = true
  }

  #positionOf(sequence: number): number {
    return this.position + ((sequence - this.#next!) | 0)
  }

  #tell(at: number, position: number, bytes: Uint8Array, length: number): void {
    const known = this.position - position
    if (known >= length) return
    const captured = bytes.length > length ? bytes.subarray(0, length) : bytes
    if (known < captured.length) {
      const fresh = known > 0 ? captured.subarray(known) : captured
      this.#advance(fresh.length)
      this.#sink.data(at, fresh)
    }
    const cut = position + length - this.position
    if (cut > 0) this.#gap(at, cut)
  }

  #keep(early: Early): void {
    let place = this.#early.length
    while (place > 0 && this.#early[place - 1]!.position > early.position) place--
    this.#early.splice(place, 0, early)
    this.#earlyBytes += early.bytes.length
  }

  /** Tells what is next by now. */
  #goOn(at: number): void {
    while (this.#early.length > 0 && this.#early[0]!.position <= this.position) this.#takeFirst(at)
    if (this.#finAt !== undefined && this.position >= this.#finAt) this.#end(at)
  }

  #passOne(at: number): void {
    const first = this.#early[0]!
    if (first.position > this.position) this.#gap(at, first.position - this.position)
    this.#takeFirst(at)
  }

  #takeFirst(at: number): void {
    const first = this.#early.shift()!
    this.#earlyBytes -= first.bytes.length
    this.#tell(at, first.position, first.bytes, first.length)
  }

  #gap(at: number, length: number): void {
    this.#advance(length)
    this.#sink.gap(at, length)
  }

  #advance(length: number): void {
    this.position += length
    this.#next = (this.#next! + length) >>> 0
  }

  #end(at: number): void {
    if (this.#ended) return
    this.#ended = true
    this.#sink.end(at)
  }
}
