import tls, { type SecureContext } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import { oldestOf, type TlsWishes } from '../hello/tls-wishes.ts'
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
  /** The versions that the person wants of this client; absent: those of all. */
  readonly wishes?: TlsWishes
}

const mostKinds = 16
const mostLeaves = 64 // of a kind; a context has 45 KB

type OfKind = BoundedMap<Leaf, ClientContext>

/**
 * Server contexts, one for each leaf and choice of the server that were used last. A context is most of what a new host
 * costs, its certificate a third of it: when there are enough of a kind, the one that was not used for longest goes on
 * to the next leaf.
 */
export class ClientContexts {
  readonly #kinds = new BoundedMap<string, OfKind>(mostKinds)
  readonly #minVersion: TlsVersion
  readonly #resumption: Resumption

  constructor(minVersion: TlsVersion, resumption: Resumption) {
    this.#minVersion = minVersion
    this.#resumption = resumption
  }

  /** To be used at once, by a TLSSocket, which takes what is in it: with the next call it may be another leaf's. */
  contextFor(leaf: Leaf, wanted: ClientChoice = {}): ClientContext {
    const ofKind = this.#ofKind(kindOf(leaf, wanted))
    const known = ofKind.use(leaf)
    if (known) return known
    const context = ofKind.size < mostLeaves ? this.#make(leaf, wanted) : passOn(ofKind, leaf)
    ofKind.set(leaf, context)
    return context
  }

  #ofKind(kind: string): OfKind {
    const ofKind = this.#kinds.use(kind) ?? new BoundedMap(mostLeaves)
    this.#kinds.set(kind, ofKind)
    return ofKind
  }

  #make(leaf: Leaf, { choice, weak = false, wishes = {} }: ClientChoice): ClientContext {
    const minVersion = oldestOf(wishes, this.#minVersion)
    const secureContext = tls.createSecureContext({
      key: leaf.key,
      cert: leaf.chain,
      sessionIdContext: 'parley',
      dhparam: 'auto',
      minVersion,
      ...(wishes.maxVersion && { maxVersion: wishes.maxVersion }),
      ...(weak ? ciphersFor('TLSv1') : ciphersFor(minVersion)),
    })
    this.#resumption.sign(secureContext)
    return { secureContext, gaps: choice ? chooseAlike(secureContext, choice, leaf.keyType) : [] }
  }
}

/** All leaves with one type of key have the same. */
const kindOf = ({ keyType }: Leaf, { choice, weak, wishes }: ClientChoice): string =>
  [
    ...[keyType, choice?.version, choice?.cipherSuite, choice?.group, choice?.signatureAlgorithm, weak],
    ...[wishes?.minVersion, wishes?.maxVersion],
  ].join()

interface NativeContext {
  setCert(pem: string): void
}

function passOn(ofKind: OfKind, leaf: Leaf): ClientContext {
  const [oldest, context] = ofKind.entries().next().value!
  ofKind.delete(oldest)
  ;(context.secureContext.context as NativeContext).setCert(leaf.chain)
  return context
}
