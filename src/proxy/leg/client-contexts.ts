import tls, { type SecureContext } from 'node:tls'
import { allowsOldTls, type TlsVersion } from '../hello/versions.ts'
import type { Leaf } from '../ports.ts'
import type { Resumption } from './resumption.ts'

/** Server contexts for leaves, one for each as long as the leaf is cached. */
export class ClientContexts {
  readonly #contexts = new WeakMap<Leaf, SecureContext>()
  readonly #minVersion: TlsVersion
  readonly #resumption: Resumption

  constructor(minVersion: TlsVersion, resumption: Resumption) {
    this.#minVersion = minVersion
    this.#resumption = resumption
  }

  contextFor(leaf: Leaf): SecureContext {
    let context = this.#contexts.get(leaf)
    if (!context) {
      context = tls.createSecureContext({
        key: leaf.key,
        cert: leaf.chain,
        sessionIdContext: 'parley',
        minVersion: this.#minVersion,
        ...(allowsOldTls(this.#minVersion) ? { ciphers: oldCiphers } : {}),
      })
      this.#resumption.sign(context)
      this.#contexts.set(leaf, context)
    }
    return context
  }
}

const oldCiphers = `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` // TLS 1.0 and 1.1 sign with SHA-1, which higher levels refuse
