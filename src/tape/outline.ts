/**
 * Knows where a lane is in its protocol, so that a recorder that is behind is spared only what it can do without: the
 * payload of DATA, of a WebSocket frame, of a chunk, the inside of a body. A wrong guess costs a gap and never a byte.
 */
export interface Outline {
  /** Passes over bytes that are recorded whole. */
  follow(bytes: Uint8Array): void
  /** Gives in order what of these bytes has to be recorded all the same, and the lengths of what lies between. */
  cut(bytes: Uint8Array, keep: (bytes: Uint8Array) => void, miss: (length: number) => void): void
}

/** What stands before a payload: `size` says how long it is by what is there of it, undefined while that cannot tell. */
export interface FrameKind {
  size(header: Uint8Array, length: number): number | undefined
  /** Bytes of payload behind it, and whether they can be missed. */
  begin(header: Uint8Array, length: number): { readonly left: number; readonly free: boolean }
}

const longestHeader = 64 // bytes; of a chunk, with its extension
const worthMissing = 128 // bytes: an entry for each part would be longer

/** Hops from the header of one frame to that of the next. */
export class FrameOutline implements Outline {
  readonly #kind: FrameKind
  readonly #header = new Uint8Array(longestHeader)
  #length = 0
  #left: number
  #free = false

  /** `before`: bytes that come before the first frame. */
  constructor(kind: FrameKind, before = 0) {
    this.#kind = kind
    this.#left = before
  }

  follow(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + this.#left)
      this.#left -= end - at
      at = end === at ? this.#readHeader(bytes, at) : end
    }
  }

  cut(bytes: Uint8Array, keep: (bytes: Uint8Array) => void, miss: (length: number) => void): void {
    let from = 0
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + this.#left)
      this.#left -= end - at
      if (this.#free && end - at >= worthMissing) {
        if (at > from) keep(bytes.subarray(from, at))
        miss(end - at)
        from = end
      }
      at = end === at ? this.#readHeader(bytes, at) : end
    }
    if (from < bytes.length) keep(bytes.subarray(from))
  }

  #readHeader(bytes: Uint8Array, at: number): number {
    while (at < bytes.length) {
      this.#header[this.#length++] = bytes[at++]!
      if (this.#kind.size(this.#header, this.#length) !== this.#length) {
        if (this.#length < longestHeader) continue
        this.#left = Infinity // nobody knows where the next one is
        this.#free = false
        return at
      }
      const { left, free } = this.#kind.begin(this.#header, this.#length)
      this.#left = left
      this.#free = free
      this.#length = 0
      return at
    }
    return at
  }
}
