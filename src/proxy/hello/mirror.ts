import { Readable } from 'node:stream'
import tls, { type SecureContext, type SecureContextOptions } from 'node:tls'
import { readTlsClientHello } from 'read-tls-client-hello'
import { impersonateFromClientHello, isSupported } from 'tls-impersonate'
import type { MirrorGap } from '../../model/connection.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import { tls10, tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import type { ClientCertificate } from '../leg/client-certificate.ts'
import type { SeenHello } from './seen-hello.ts'
import { ciphersFor, versionNumbers } from './version-options.ts'
import { allowsOldTls, defaultMinTls, type TlsVersion } from './versions.ts'

export interface Mirrored {
  readonly secureContext: SecureContext
  readonly requestOCSP: boolean
  /** Undefined where the hello was not mirrored at all. */
  readonly gaps?: readonly MirrorGap[]
  /**
   * OpenSSL sends TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.3) in place of the extension on security level 0 alone:
   * whoever uses the context has to refuse what level 2 would have refused.
   */
  readonly relaxed?: boolean
}

type ParsedHello = Parameters<typeof impersonateFromClientHello>[0]

const mostContexts = 256 // Chromium shuffles its extensions, so every connection of it may bring a new shape

/** Makes upstream contexts that send the client's own ClientHello, as far as OpenSSL can. */
export class Mirror {
  readonly #contexts = new BoundedMap<string, Mirrored>(mostContexts)
  readonly #enabled: boolean
  readonly #minVersion: TlsVersion

  /** `enabled` false: every upstream hello is Node's own. */
  constructor(enabled: boolean, minVersion: TlsVersion = defaultMinTls) {
    this.#enabled = enabled && isSupported()
    this.#minVersion = minVersion
  }

  /**
   * `seen` is the client's ClientHello, or undefined where there was none that can be read; `identity` is what to show
   * to a server that asks for a client certificate.
   */
  async contextFor(seen: SeenHello | undefined, identity?: ClientCertificate): Promise<Mirrored> {
    const shape = this.#enabled && seen ? seen.shape : ''
    const key = identity ? `${shape} ${identity.host}` : shape
    const known = this.#contexts.use(key)
    if (known) return known
    const options = identity ? { cert: identity.cert, key: identity.key } : {}
    const made =
      (shape !== '' && seen ? await mirrored(seen, this.#minVersion, options) : undefined) ??
      ownHello(this.#minVersion, options)
    this.#contexts.set(key, made)
    return made
  }
}

function ownHello(minVersion: TlsVersion, options: SecureContextOptions): Mirrored {
  return {
    secureContext: tls.createSecureContext({ ...options, ...ciphersFor(minVersion), minVersion }),
    requestOCSP: false,
  }
}

async function mirrored(
  { message, hello: ours }: SeenHello,
  minVersion: TlsVersion,
  options: SecureContextOptions,
): Promise<Mirrored | undefined> {
  try {
    const header = Buffer.from([22, 3, 1, message.length >> 8, message.length & 255])
    const hello = await readTlsClientHello(Readable.from([Buffer.concat([header, message])], { objectMode: false }))
    const old = allowsOldTls(minVersion)
    const range = rangeOf(ours, versionNumbers[minVersion])
    // From TLS 1.3 on OpenSSL drops what only TLS 1.2 needs, which some clients send all the same: the comparison shows it.
    const relaxed = !old && range.oldest < tls13 && hello.cipherSuites.includes(renegotiationSignal)
    const { tlsOptions, unsupported } = impersonateFromClientHello(
      withAlgorithms(old ? withoutSignals(hello) : hello),
      {
        ...options,
        security: old || relaxed ? 'insecure' : 'secure',
      },
    )
    const { secureContext, requestOCSP = false } = tlsOptions
    limitVersions(secureContext, range, relaxed)
    const gaps = unsupported.map(({ kind, id, reason }) => ({ kind, id, reason }))
    return { secureContext, requestOCSP, gaps, relaxed }
  } catch {
    return undefined // a hello that the library cannot read goes upstream as Node's own, and the comparison shows it
  }
}

const renegotiationSignal = 0x00ff
const signals = new Set([renegotiationSignal, 0x5600]) // RFC 5746 3.3, RFC 7507; the library shuts out TLS 1.0 and 1.1 to send them

const withoutSignals = <T extends { readonly cipherSuites: number[] }>(hello: T): T => ({
  ...hello,
  cipherSuites: hello.cipherSuites.filter(suite => !signals.has(suite)),
})

const signatureAlgorithms = 13
const defaultAlgorithms = [0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201]

/** A hello for TLS 1.1 and below has no signature algorithms, and OpenSSL then sends none; but the library wants some. */
const withAlgorithms = <T extends Pick<ParsedHello, 'extensions'>>(hello: T): T =>
  hello.extensions.some(({ id }) => id === signatureAlgorithms)
    ? hello
    : {
        ...hello,
        extensions: [...hello.extensions, { id: signatureAlgorithms, data: { algorithms: defaultAlgorithms } }],
      }

interface NativeContext {
  setMinProto?(version: number): void
  setMaxProto?(version: number): void
}

interface VersionRange {
  readonly oldest: number
  readonly newest: number
}

/** What to offer: no version that the client does not offer, as far as what it supports reaches down to `floor`. */
function rangeOf(hello: ClientHello, floor: number): VersionRange {
  const known = (hello.supportedVersions ?? [hello.legacyVersion]).filter(v => v >= tls10 && v <= tls13)
  const newest = Math.max(floor, ...known)
  return { newest, oldest: hello.supportedVersions ? Math.max(floor, Math.min(newest, ...known)) : floor }
}

function limitVersions({ context }: SecureContext, { oldest, newest }: VersionRange, relaxed: boolean): void {
  const native = context as NativeContext
  native.setMaxProto?.(newest)
  // The library keeps TLS 1.0 and 1.1 out by an option: with a floor OpenSSL sends no signal.
  if (!relaxed) native.setMinProto?.(oldest)
}
