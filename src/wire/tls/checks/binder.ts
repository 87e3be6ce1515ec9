import type { Check } from '../handshake.ts'
import { digest, hmac } from '../prf.ts'
import { sameBytes } from './same-bytes.ts'

export interface BinderInput {
  readonly binders: readonly Uint8Array[]
  readonly identities: readonly Uint8Array[]
  /** The messages before this ClientHello: after a HelloRetryRequest, the hash of the first and the retry. */
  readonly before: readonly Uint8Array[]
  /** The ClientHello, header included. Its binders are its last bytes (RFC 8446 4.2.11). */
  readonly hello: Uint8Array
  /** The finished key of a ticket's binder key; undefined where nobody recorded the ticket's own key. */
  readonly keyOf: (identity: Uint8Array, hash: BinderHash) => Uint8Array | undefined
}

export type BinderHash = 'sha256' | 'sha384'

/** A binder is as long as the hash of the session that it resumes. */
const hashes: Readonly<Record<number, BinderHash>> = { 32: 'sha256', 48: 'sha384' }

/** Recomputes the binders of a ClientHello, each over the hello up to the list of them: RFC 8446 4.2.11.2. */
export function checkBinders({ binders, identities, before, hello, keyOf }: BinderInput): Check[] {
  const length = binders.reduce((sum, binder) => sum + 1 + binder.length, 2)
  const covered = [...before, hello.subarray(0, hello.length - length)]
  return binders.map((binder, index) => {
    const name = `binder ${index}`
    const hash = hashes[binder.length]
    const identity = identities[index]
    if (!hash || !identity) return { name, detail: `not recomputed: ${identity ? noHash : noIdentity}` }
    const key = keyOf(identity, hash)
    if (!key) return { name, detail: noKey }
    const detail = `HMAC(binder_finished_key, ${hash}(ClientHello up to its binders)) (RFC 8446 4.2.11.2)`
    return { name, passed: sameBytes(hmac(hash, key, digest(hash, covered)), binder), detail }
  })
}

const noHash = 'its length is that of no hash of TLS 1.3'
const noIdentity = 'it belongs to no identity'
const noKey =
  'not recomputed: it is keyed by the PSK of its ticket (RFC 8446 4.2.11.2), which no key log holds and Parley did not record'
