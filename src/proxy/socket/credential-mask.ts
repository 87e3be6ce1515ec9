const lf = 10
const cr = 13
const star = 42
const sought = Buffer.from('\nproxy-authorization:')
const isBlank = (byte: number): boolean => byte === 32 || byte === 9

/**
 * Hides what a client tells its proxy of itself from the tape: of every Proxy-Authorization field the value becomes stars,
 * one a byte, also where it is folded. Knows no more of HTTP than lines, so that nothing gets past it that is no request.
 */
export class CredentialMask {
  /** Bytes of `sought` that have been seen; its length while a value passes. */
  #seen = 0
  #lineEnded = false

  /** The bytes that follow those of the last call: the same buffer where there is nothing to hide. */
  pass(bytes: Buffer): Buffer {
    let masked: Buffer | undefined
    for (let i = 0; i < bytes.length; i++) {
      if (this.#seen === 0) {
        i = bytes.indexOf(lf, i)
        if (i < 0) break
      }
      if (!this.#hides(bytes[i]!)) continue
      masked ??= Buffer.from(bytes)
      masked[i] = star
    }
    return masked ?? bytes
  }

  #hides(byte: number): boolean {
    if (this.#seen < sought.length) {
      const lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
      this.#seen = lower === sought[this.#seen] ? this.#seen + 1 : byte === lf ? 1 : 0
      return false
    }
    if (this.#lineEnded && !isBlank(byte)) {
      this.#lineEnded = false
      this.#seen = 1 // the line end that has passed
      return this.#hides(byte)
    }
    this.#lineEnded = byte === lf
    return byte !== lf && byte !== cr && !isBlank(byte)
  }
}
