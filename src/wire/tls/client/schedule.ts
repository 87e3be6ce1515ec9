import { expandLabel } from '../hkdf.ts'
import { digest, hmac } from '../prf.ts'

type Hash = 'sha256' | 'sha384'
const nothing = new Uint8Array(0)

/**
 * The key schedule of RFC 8446 7.1: first the early secret, of the PSK or of zeros; `advance` makes the handshake secret of
 * it, then the master secret. From each the secrets are derived that the figure there hangs on it.
 */
export class Schedule {
  readonly #hash: Hash
  readonly #empty: Uint8Array
  #secret: Uint8Array

  constructor(hash: Hash, psk?: Uint8Array) {
    this.#hash = hash
    this.#empty = digest(hash, [])
    const zeros = new Uint8Array(this.#empty.length)
    this.#secret = hmac(hash, zeros, psk ?? zeros)
  }

  /** Goes on from the early to the handshake secret with the shared secret, and to the master secret with none. */
  advance(input?: Uint8Array): void {
    const salt = this.derive('derived')
    this.#secret = hmac(this.#hash, salt, input ?? new Uint8Array(this.#empty.length))
  }

  /** Derive-Secret with the hash of the messages so far; of none for 'derived', 'res binder' and 'ext binder'. */
  derive(label: string, transcript: Uint8Array = this.#empty): Uint8Array {
    return expandLabel(this.#hash, this.#secret, label, transcript, transcript.length)
  }
}

/** The verify_data of a Finished: RFC 8446 4.4.4. Also a binder: 4.2.11.2. */
export const verifyData = (hash: Hash, base: Uint8Array, transcript: Uint8Array): Uint8Array =>
  hmac(hash, expandLabel(hash, base, 'finished', nothing, transcript.length), transcript)

/** The PSK of a ticket, from the resumption_master_secret and the ticket's nonce: RFC 8446 4.6.1. */
export const resumptionPsk = (hash: Hash, resumption: Uint8Array, nonce: Uint8Array): Uint8Array =>
  expandLabel(hash, resumption, 'resumption', nonce, resumption.length)

/** Keying material for a protocol above, from the exporter_master_secret: RFC 8446 7.5. `length` in bytes. */
export function exported(
  hash: Hash,
  exporter: Uint8Array,
  label: string,
  context: Uint8Array,
  length: number,
): Uint8Array {
  const secret = expandLabel(hash, exporter, label, digest(hash, []), exporter.length)
  return expandLabel(hash, secret, 'exporter', digest(hash, [context]), length)
}
