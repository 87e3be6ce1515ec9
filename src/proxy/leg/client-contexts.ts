import tls, { type SecureContext } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import { ciphersFor } from '../hello/version-options.ts'
import type { TlsVersion } from '../hello/versions.ts'
import type { Leaf } from '../ports.ts'
import type { Choice } from './choice.ts'
import { chooseAlike } from './choose-alike.ts'
import type { Resumption } from './resumption.ts'

/** What to finish TLS with a client with. */
export interface ClientContext {
  readonly secureContext: SecureContext
  /** What of the server's choice OpenSSL cannot choose with this leaf. */
  readonly gaps: readonly MirrorGap[]
}

export interface ClientChoice {
  /** What the server chose; absent: OpenSSL chooses. */
  readonly choice?: Choice | undefined
  /** The client takes nothing but what security level 2 forbids, such as SHA-1. */
  readonly weak?: boolean
}

const mostChoices = 16 // for one leaf: what the clients of one host brought about

/** Server contexts for leaves, one for each choice of the server as long as the leaf is cached. */
export class ClientContexts {
  readonly #contexts = new WeakMap<Leaf, BoundedMap<string, ClientContext>>()
  readonly #minVersion: TlsVersion
  readonly #resumption: Resumption

  constructor(minVersion: TlsVersion, resumption: Resumption) {
    this.#minVersion = minVersion
    this.#resumption = resumption
  }

  contextFor(leaf: Leaf, wanted: ClientChoice = {}): ClientContext {
    let ofLeaf = this.#contexts.get(leaf)
    if (!ofLeaf) {
      ofLeaf = new BoundedMap(mostChoices)
      this.#contexts.set(leaf, ofLeaf)
    }
    const key = keyOf(wanted)
    const known = ofLeaf.use(key)
    if (known) return known
    const made = this.#make(leaf, wanted)
    ofLeaf.set(key, made)
    return made
  }

  #make(leaf: Leaf, { choice, weak = false }: ClientChoice): ClientContext {
    const secureContext = tls.createSecureContext({
      key: leaf.key,
      cert: leaf.chain,
      sessionIdContext: 'parley',
      dhparam: 'auto',
      minVersion: this.#minVersion,
      ...(weak ? ciphersFor('TLSv1') : ciphersFor(this.#minVersion)),
    })
    this.#resumption.sign(secureContext)
    return { secureContext, gaps: choice ? chooseAlike(secureContext, choice, leaf.keyType) : [] }
  }
}

const keyOf = ({ choice, weak }: ClientChoice): string =>
  [choice?.version, choice?.cipherSuite, choice?.group, choice?.signatureAlgorithm, weak].join()
