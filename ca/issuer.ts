import { sha256WithRsa, signInThreadPool } from './certificate.ts'
import { encode } from './der.ts'
import { authorityKeyIdentifier } from './extensions.ts'
import type { LeafKey } from './leaf-keys.ts'
import type { Constraints } from './name-constraints.ts'
import type { Root } from './root.ts'

/** Who signs leaves, in the forms that these want. */
export interface Issuer {
  /** Of its key, and so of its signatures. */
  readonly type: LeafKey['type']
  /** DER of its name, byte for byte as its certificate has it. */
  readonly name: Buffer
  /** DER of the extension by which a leaf names its key; empty where that has no identifier. */
  readonly authorityKeyIdentifier: Buffer
  /** DER of the AlgorithmIdentifier of its signatures. */
  readonly algorithm: Buffer
  sign(bytes: Buffer): Buffer | Promise<Buffer>
  /** PEM: its certificate, then those above it, the root last. */
  readonly chain: string
  readonly notAfter: Date
  /** Of the root: what its leaves may name; absent where that is everything. */
  readonly constraints?: Constraints
}

/** The root itself, for clients that cannot verify ECDSA: 0.4 ms a signature, in the thread pool. */
export function rootIssuer({ subject, keyIdentifier, privateKey, pem, notAfter, constraints }: Root): Issuer {
  return {
    type: 'rsa',
    name: encode(subject),
    authorityKeyIdentifier: keyIdentifier ? encode(authorityKeyIdentifier(keyIdentifier)) : Buffer.alloc(0),
    algorithm: encode(sha256WithRsa),
    sign: bytes => signInThreadPool(bytes, privateKey),
    chain: pem,
    notAfter,
    ...(constraints ? { constraints } : {}),
  }
}
