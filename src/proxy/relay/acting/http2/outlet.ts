/** Bytes that are written in one call at most; more are not put together. */
const together = 64 * 1024

/**
 * What goes on in one direction, frame after frame. The very bytes of the sender stay views, and those that follow each other
 * are one; nothing is put between the pieces of a frame.
 */
export class Outlet {
  readonly #write: (bytes: Uint8Array) => boolean
  #parts: Uint8Array[] = []
  #size = 0
  /** Bytes of the sender that are to go on, not yet among the parts. */
  #run: Uint8Array | undefined
  #from = 0
  #to = 0
  /** A frame goes on in pieces; what waits for its end. */
  #open = false
  #late: Uint8Array[] = []
  #blocked = false
  #framed = true

  /** Nothing of Parley's goes before the sender's own first frame, which must be its SETTINGS (RFC 9113 3.4). */
  #begun = false

  constructor(write: (bytes: Uint8Array) => boolean) {
    this.#write = write
  }

  /** Whether the receiver takes no more for now. */
  get blocked(): boolean {
    return this.#blocked
  }

  drained(): void {
    this.#blocked = false
  }

  /** Whole frames of the sender; good until `flush`. */
  raw(bytes: Uint8Array, from: number, to: number): void {
    if (this.#run === bytes && this.#to === from) this.#to = to
    else {
      this.#endRun()
      this.#run = bytes
      this.#from = from
      this.#to = to
    }
    if (this.#begun) return
    this.#begun = true
    this.#release()
  }

  /** A piece of a frame of the sender. */
  piece(bytes: Uint8Array, from: number, to: number, ends: boolean): void {
    this.#open = true
    this.raw(bytes, from, to)
    this.#open = !ends
    this.#release()
  }

  #release(): void {
    if (this.#open || this.#late.length === 0) return
    const late = this.#late
    this.#late = []
    for (const frame of late) this.write(frame)
  }

  /** The first piece of a frame, with a header that Parley wrote. */
  begin(header: Uint8Array): void {
    this.#push(header)
    this.#open = true
  }

  /** From here on the bytes of the sender are no frames, and none is put between them. */
  stopFraming(): void {
    this.#framed = false
  }

  /** Whole frames that Parley made. */
  write(frames: Uint8Array): void {
    if (!this.#framed) return
    if (this.#open || !this.#begun) this.#late.push(frames)
    else this.#push(frames)
  }

  /** To be called before the bytes of the sender change. */
  flush(): void {
    this.#endRun()
    if (this.#parts.length === 0) return
    const parts = this.#size <= together && this.#parts.length > 1 ? [Buffer.concat(this.#parts)] : this.#parts
    this.#parts = []
    this.#size = 0
    for (const part of parts) if (!this.#write(part)) this.#blocked = true
  }

  #push(bytes: Uint8Array): void {
    this.#endRun()
    this.#parts.push(bytes)
    this.#size += bytes.length
    if (this.#size > together) this.flush()
  }

  #endRun(): void {
    const run = this.#run
    if (run === undefined) return
    this.#run = undefined
    if (this.#to === this.#from) return
    const whole = this.#from === 0 && this.#to === run.length
    this.#parts.push(whole ? run : run.subarray(this.#from, this.#to))
    this.#size += this.#to - this.#from
  }
}
