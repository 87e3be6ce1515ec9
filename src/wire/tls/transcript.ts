import { digest } from './prf.ts'

const messageHash = 254

/** The handshake messages in order, as Finished and CertificateVerify cover them (RFC 8446 4.4.1, RFC 5246 7.4.9). */
export class Transcript {
  #messages: Uint8Array[] = []

  get messages(): readonly Uint8Array[] {
    return this.#messages
  }

  /** `message` with its four header bytes. */
  add(message: Uint8Array): void {
    this.#messages.push(message)
  }

  clear(): void {
    this.#messages = []
  }

  /** After a HelloRetryRequest the first ClientHello stands only as its hash (RFC 8446 4.4.1). */
  retry(hash: string): void {
    const digested = this.hash(hash)
    this.#messages = [Uint8Array.of(messageHash, 0, 0, digested.length), digested]
  }

  /** `hash` as in node:crypto, or 'md5-sha1'. */
  hash(hash: string): Uint8Array {
    return digest(hash, this.#messages)
  }
}
