import type { SecureContext, SecureContextOptions } from 'node:tls'
import { impersonate } from 'tls-impersonate'
import type { MirrorGap } from '../../model/connection.ts'
import { applicationSettings } from '../../wire/tls/registry/extensions.ts'
import { isGrease } from '../../wire/tls/registry/names.ts'
import { tls10, tls12, tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { groupList, hasSuite, type NativeContext, renegotiationSignal, suiteList, weakSuites } from './openssl-lists.ts'
import { versionNumbers } from './version-options.ts'
import { allowsOldTls, type TlsVersion } from './versions.ts'

export interface Imitation {
  readonly secureContext: SecureContext
  readonly requestOCSP: boolean
  /** What the library says it cannot do. The two hellos side by side say all. */
  readonly gaps: readonly MirrorGap[]
  /**
   * Some things OpenSSL sends on security level 0 alone, such as TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.3) in
   * place of the extension: whoever uses the context has to refuse what level 2 would have refused.
   */
  readonly relaxed: boolean
}

const extendedMasterSecret = 23
const noExtendedMasterSecret = 1 // SSL_OP_NO_EXTENDED_MASTER_SECRET, which node:crypto does not name
const signals = new Set([renegotiationSignal, 0x5600]) // RFC 5746 3.3, RFC 7507; the library shuts out TLS 1.0 and 1.1 to send them

/** A context whose ClientHello is this one, as far as OpenSSL can. Throws where it can make none at all. */
export function imitate(hello: ClientHello, minVersion: TlsVersion, options: SecureContextOptions): Imitation {
  const old = allowsOldTls(minVersion)
  const range = rangeOf(hello, versionNumbers[minVersion])
  const signalled = hello.cipherSuites.includes(renegotiationSignal)
  // From TLS 1.3 on OpenSSL drops what only TLS 1.2 needs, which some clients send all the same: the comparison shows it.
  const relaxed = !old && range.oldest < tls13 && (signalled || needsLevel0(hello))
  const { tlsOptions, unsupported } = impersonate(specOf(old ? withoutSignals(hello) : hello), {
    ...options,
    ...(hasExtension(hello, extendedMasterSecret) ? {} : { secureOptions: noExtendedMasterSecret }),
    security: old || relaxed ? 'insecure' : 'secure',
  })
  const { secureContext, requestOCSP = false } = tlsOptions
  const native = secureContext.context as NativeContext
  native.setMaxProto?.(range.newest)
  // The library keeps TLS 1.0 and 1.1 out by an option: with a floor OpenSSL sends no signal.
  if (!relaxed || !signalled) native.setMinProto?.(range.oldest)
  const suites = suiteList(hello.cipherSuites.filter(hasSuite))
  if (suites !== '') native.setCiphers?.(suites)
  const groups = groupList(hello)
  if (groups !== '') native.setECDHCurve?.(groups)
  return {
    secureContext,
    requestOCSP,
    gaps: [...unsupported.map(({ kind, id, reason }) => ({ kind, id, reason })), ...lackingSuites(hello)],
    relaxed,
  }
}

const withSha1 = new Set([0x0201, 0x0202, 0x0203])

/** Without signature algorithms a server of TLS 1.2 signs with SHA-1 (RFC 5246 7.4.1.4.1). */
const needsLevel0 = ({ signatureAlgorithms, cipherSuites }: ClientHello): boolean =>
  !signatureAlgorithms?.some(algorithm => !withSha1.has(algorithm)) || cipherSuites.some(suite => weakSuites.has(suite))

const lackingSuites = ({ cipherSuites }: ClientHello): MirrorGap[] =>
  cipherSuites
    .filter(suite => !isSent(suite) && !isGrease(suite))
    .map(id => ({ kind: 'cipherSuite', id, reason: 'OpenSSL does not send it' }))

const isSent = (suite: number): boolean => isTls13Suite(suite) || signals.has(suite) || hasSuite(suite)

type Spec = Parameters<typeof impersonate>[0]

const impliedAlgorithms = [0x0201, 0x0203] // RFC 5246 7.4.1.4.1
const anyGroups = [23, 24, 25, 29] // for a client that does not say (RFC 8422 4)

const specOf = (hello: ClientHello): Spec => ({
  cipherSuites: hello.cipherSuites.filter(isSent),
  extensions: hello.extensions.map(({ type, data }) => {
    const sent = contentOf(type, Buffer.from(data))
    return sent ? { type, data: sent } : { type }
  }),
  supportedGroups: hello.supportedGroups?.length ? [...hello.supportedGroups] : anyGroups,
  signatureAlgorithms: hello.signatureAlgorithms?.length ? [...hello.signatureAlgorithms] : impliedAlgorithms,
  ...(hello.ecPointFormats ? { ecPointFormats: [...hello.ecPointFormats] } : {}),
})

/** status_request_v2, compress_certificate, signature_algorithms_cert, trust_anchors. */
const asTheyCame = new Set([17, 27, 50, 0xca34])

/** The client's own bytes, where a server that takes them up asks nothing of OpenSSL that it cannot do. */
function contentOf(type: number, data: Buffer): Buffer | undefined {
  if (asTheyCame.has(type)) return data
  return applicationSettings.has(type) ? withoutProtocols(data) : undefined
}

/** Of the client's length, but with protocols that no server knows: OpenSSL cannot send settings of its own. */
function withoutProtocols(list: Buffer): Buffer {
  const made = Buffer.from(list)
  for (let at = 2; at < made.length; at += 1 + list[at]!) made.fill('x', at + 1, at + 1 + list[at]!)
  return made
}

const hasExtension = ({ extensions }: ClientHello, wanted: number): boolean =>
  extensions.some(({ type }) => type === wanted)

const withoutSignals = (hello: ClientHello): ClientHello => ({
  ...hello,
  cipherSuites: hello.cipherSuites.filter(suite => !signals.has(suite)),
})

interface VersionRange {
  readonly oldest: number
  readonly newest: number
}

const isTls13Suite = (suite: number): boolean => suite >> 8 === 0x13

/** What to offer: no version that the client does not offer, as far as what it supports reaches down to `floor`. */
function rangeOf({ supportedVersions, legacyVersion, cipherSuites }: ClientHello, floor: number): VersionRange {
  const known = (supportedVersions ?? [legacyVersion]).filter(v => v >= tls10 && v <= tls13)
  const highest = Math.max(floor, ...known)
  const newest = cipherSuites.some(isTls13Suite) ? highest : Math.max(floor, Math.min(highest, tls12))
  return { newest, oldest: supportedVersions ? Math.max(floor, Math.min(newest, ...known)) : Math.min(floor, newest) }
}
