import tls, { type SecureContextOptions } from 'node:tls'
import { BoundedMap } from '../../wire/bounded-map.ts'
import type { ClientCertificate } from '../leg/client-certificate.ts'
import { type Imitation, imitate } from './imitate.ts'
import type { SeenHello } from './seen-hello.ts'
import { applyWishes, oldestOf, type TlsWishes, wishOptions } from './tls-wishes.ts'
import { ciphersFor } from './version-options.ts'
import { defaultMinTls, type TlsVersion } from './versions.ts'

/** Without gaps where the hello was not mirrored at all. */
export type Mirrored = Pick<Imitation, 'secureContext' | 'requestOCSP'> &
  Partial<Imitation> & {
    /** With which signature algorithm servers answered it in TLS 1.3, by the SHA-256 of their certificate. */
    readonly signedWith?: BoundedMap<string, number>
  }

const mostCertificates = 256
const mostContexts = 256 // Chromium shuffles its extensions, so every connection of it may bring a new shape

/** Makes contexts of OpenSSL's own TLS client that offer what the client does, as far as Node can have it so. */
export class Mirror {
  readonly #contexts = new BoundedMap<string, Mirrored>(mostContexts)
  readonly #enabled: boolean
  readonly #minVersion: TlsVersion

  /** `enabled` false: every upstream hello is Node's own. */
  constructor(enabled: boolean, minVersion: TlsVersion = defaultMinTls) {
    this.#enabled = enabled
    this.#minVersion = minVersion
  }

  /**
   * `seen` is the client's ClientHello, or undefined where there was none that can be read; `identity` is what to show
   * to a server that asks for a client certificate. Throws OpenSSL's error for wishes that it has no names for.
   */
  contextFor(seen: SeenHello | undefined, identity?: ClientCertificate, wishes: TlsWishes = {}): Mirrored {
    const shape = (wishes.mirror ?? this.#enabled) && seen ? seen.shape : ''
    const wanted = JSON.stringify(wishes)
    const key = [shape, ...(identity ? [identity.host] : []), ...(wanted === '{}' ? [] : [wanted])].join(' ')
    const known = this.#contexts.use(key)
    if (known) return known
    const options = identity ? { cert: identity.cert, key: identity.key } : {}
    const oldest = oldestOf(wishes, this.#minVersion)
    const made =
      (shape !== '' && seen ? mirrored(seen, oldest, options, wishes) : undefined) ?? ownHello(oldest, options, wishes)
    const kept = { ...made, signedWith: new BoundedMap<string, number>(mostCertificates) }
    this.#contexts.set(key, kept)
    return kept
  }
}

function ownHello(minVersion: TlsVersion, options: SecureContextOptions, wishes: TlsWishes): Mirrored {
  return {
    secureContext: tls.createSecureContext({
      ...options,
      ...ciphersFor(minVersion),
      minVersion,
      ...wishOptions(wishes),
    }),
    requestOCSP: false,
  }
}

function mirrored(
  { hello }: SeenHello,
  minVersion: TlsVersion,
  options: SecureContextOptions,
  wishes: TlsWishes,
): Imitation | undefined {
  try {
    const imitation = imitate(hello, minVersion, options)
    applyWishes(imitation.secureContext, wishes)
    return imitation
  } catch {
    return undefined // of which OpenSSL can make nothing goes upstream as Node's own, and the comparison shows it
  }
}
