import type { Direction } from '../../direction.ts'
import type { Check } from '../handshake.ts'
import { hmac, type PrfHash, prf } from '../prf.ts'
import { ssl3HandshakeHash } from '../ssl3.ts'
import { sameBytes } from './same-bytes.ts'

/** What a Finished is computed from. `handshake` is the hash of all messages before it. */
export interface FinishedInput {
  readonly direction: Direction
  readonly prfHash: PrfHash
  readonly handshake: Uint8Array
  /** TLS 1.3; else `master`. */
  readonly finishedKey?: Uint8Array | undefined
  /** TLS 1.0 to 1.2. */
  readonly master?: Uint8Array | undefined
}

const name = 'verify_data'

/** Recomputes the verify_data of an SSL 3.0 Finished: RFC 6101 5.6.9. */
export function checkSsl3Finished(
  verifyData: Uint8Array,
  direction: Direction,
  messages: readonly Uint8Array[],
  master: Uint8Array,
): Check {
  const sender = direction === 'to-server' ? 'CLNT' : 'SRVR'
  const { md5, sha1 } = ssl3HandshakeHash(messages, master, sender)
  const detail = `MD5 and SHA(master_secret + pad2 + hash(handshake messages + "${sender}" + master_secret + pad1)) (RFC 6101 5.6.9)`
  return { name, passed: sameBytes(Buffer.concat([md5, sha1]), verifyData), detail }
}

/** Recomputes the verify_data of a Finished: RFC 8446 4.4.4, RFC 5246 7.4.9. */
export function checkFinished(verifyData: Uint8Array, input: FinishedInput, missing: string): Check {
  const { finishedKey, master, prfHash, handshake, direction } = input
  const party = direction === 'to-server' ? 'client' : 'server'
  if (finishedKey) {
    const detail = `HMAC(${party}_handshake_finished_key, ${prfHash}(handshake messages)) (RFC 8446 4.4.4)`
    return { name, passed: sameBytes(hmac(prfHash, finishedKey, handshake), verifyData), detail }
  }
  if (!master) return { name, detail: `not recomputed: ${missing}` }
  const expected = prf(prfHash, master, `${party} finished`, handshake, 12)
  const detail = `PRF(master_secret, "${party} finished", ${prfHash}(handshake messages))[0..11] (RFC 5246 7.4.9)`
  return { name, passed: sameBytes(expected, verifyData), detail }
}
