import { expandLabel } from '../hkdf.ts'
import { digest, hmac } from '../prf.ts'

type Hash = 'sha256' | 'sha384'
const nothing = new Uint8Array(0)

/** The hash of nothing, zeros as long as that, and the early secret without a PSK: RFC 8446 7.1. */
function constantsOf(hash: Hash): Readonly<Record<'empty' | 'zeros' | 'early', Uint8Array>> {
  const empty = digest(hash, [])
  const zeros = new Uint8Array(empty.length)
  return { empty, zeros, early: hmac(hash, zeros, zeros) }
}

const constants = { sha256: constantsOf('sha256'), sha384: constantsOf('sha384') }

/**
 * The key schedule of RFC 8446 7.1: first the early secret, of the PSK or of zeros; `advance` makes the handshake secret of
 * it, then the master secret. From each the secrets are derived that the figure there hangs on it.
 */
export class Schedule {
  readonly #hash: Hash
  #secret: Uint8Array

  constructor(hash: Hash, psk?: Uint8Array) {
    this.#hash = hash
    const { early, zeros } = constants[hash]
    this.#secret = psk ? hmac(hash, zeros, psk) : early
  }

  /** Goes on from the early to the handshake secret with the shared secret, and to the master secret with none. */
  advance(input?: Uint8Array): void {
    const salt = this.derive('derived')
    this.#secret = hmac(this.#hash, salt, input ?? constants[this.#hash].zeros)
  }

  /** Derive-Secret with the hash of the messages so far; of none for 'derived', 'res binder' and 'ext binder'. */
  derive(label: string, transcript: Uint8Array = constants[this.#hash].empty): Uint8Array {
    return expandLabel(this.#hash, this.#secret, label, transcript, transcript.length)
  }
}

/** The verify_data of a Finished: RFC 8446 4.4.4. Also a binder: 4.2.11.2. */
export const verifyData = (hash: Hash, base: Uint8Array, transcript: Uint8Array): Uint8Array =>
  hmac(hash, expandLabel(hash, base, 'finished', nothing, transcript.length), transcript)

/** The PSK of a ticket, from the resumption_master_secret and the ticket's nonce: RFC 8446 4.6.1. */
export const resumptionPsk = (hash: Hash, resumption: Uint8Array, nonce: Uint8Array): Uint8Array =>
  expandLabel(hash, resumption, 'resumption', nonce, resumption.length)
