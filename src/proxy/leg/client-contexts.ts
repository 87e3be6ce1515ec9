import tls, { type SecureContext } from 'node:tls'
import { ciphersFor } from '../hello/version-options.ts'
import type { TlsVersion } from '../hello/versions.ts'
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
        ...ciphersFor(this.#minVersion),
      })
      this.#resumption.sign(context)
      this.#contexts.set(leaf, context)
    }
    return context
  }
}
