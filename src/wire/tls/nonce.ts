/** The nonces of RFC 8446 5.3 and RFC 7905 2: the IV with the sequence number in its last eight bytes. */
export class Nonce {
  readonly #bytes: Uint8Array
  readonly #last: DataView
  readonly #iv: bigint

  constructor(iv: Uint8Array) {
    this.#bytes = new Uint8Array(iv)
    this.#last = new DataView(this.#bytes.buffer, iv.length - 8)
    this.#iv = this.#last.getBigUint64(0)
  }

  /** Valid until the next call. */
  of(sequence: bigint): Uint8Array {
    this.#last.setBigUint64(0, this.#iv ^ sequence)
    return this.#bytes
  }
}
