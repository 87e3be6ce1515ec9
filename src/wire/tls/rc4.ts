/** RC4, which runtimes do not offer any more, for records of old sessions: it opens and never seals. */
export class Rc4 {
  readonly #state: Uint8Array
  #i: number
  #j: number

  private constructor(state: Uint8Array, i: number, j: number) {
    this.#state = state
    this.#i = i
    this.#j = j
  }

  static of(key: Uint8Array): Rc4 {
    const state = Uint8Array.from({ length: 256 }, (_, i) => i)
    for (let i = 0, j = 0; i < 256; i++) {
      j = (j + state[i]! + key[i % key.length]!) & 255
      const swapped = state[i]!
      state[i] = state[j]!
      state[j] = swapped
    }
    return new Rc4(state, 0, 0)
  }

  /** One that stands where this one does. */
  copy(): Rc4 {
    return new Rc4(Uint8Array.from(this.#state), this.#i, this.#j)
  }

  /** The next bytes of the stream over these. */
  apply(bytes: Uint8Array): Uint8Array {
    const out = new Uint8Array(bytes.length)
    const state = this.#state
    let [i, j] = [this.#i, this.#j]
    for (let at = 0; at < bytes.length; at++) {
      i = (i + 1) & 255
      const a = state[i]!
      j = (j + a) & 255
      const b = state[j]!
      state[i] = b
      state[j] = a
      out[at] = bytes[at]! ^ state[(a + b) & 255]!
    }
    this.#i = i
    this.#j = j
    return out
  }
}
