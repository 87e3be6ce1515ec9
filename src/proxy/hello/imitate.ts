import { constants } from 'node:crypto'
import tls, { type SecureContext, type SecureContextOptions } from 'node:tls'
import type { MirrorGap } from '../../model/connection.ts'
import { tls10, tls12, tls13 } from '../../wire/tls/registry/versions.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { isTls13Suite, type NativeContext, opensslLists, weakSuites } from './openssl-lists.ts'
import { ciphersFor, versionNumbers } from './version-options.ts'
import { allowsOldTls, type TlsVersion } from './versions.ts'

export interface Imitation {
  readonly secureContext: SecureContext
  readonly requestOCSP: boolean
  /** What of its lists OpenSSL has not. The two hellos side by side say all in which they differ. */
  readonly gaps: readonly MirrorGap[]
  /** Security level 0, for a client that offers what level 2 has not: what else level 2 would refuse is to be refused. */
  readonly relaxed: boolean
}

/** A context that offers what this hello does, as far as Node lets OpenSSL do so. Throws where it can make none. */
export function imitate(hello: ClientHello, minVersion: TlsVersion, options: SecureContextOptions): Imitation {
  const { of13, older, groups, schemes, gaps } = opensslLists(hello)
  if (of13 === '' && older === '') throw new Error('OpenSSL has none of the cipher suites')
  const { oldest, newest } = rangeOf(hello, versionNumbers[minVersion])
  const relaxed = !allowsOldTls(minVersion) && oldest < tls13 && needsLevel0(hello)
  const secureContext = tls.createSecureContext({
    ...options,
    ...ciphersFor(relaxed ? 'TLSv1' : minVersion), // for the security level that comes with them
    secureOptions: switchedOff(hello),
  })
  const native = secureContext.context as NativeContext
  native.setMinProto?.(oldest)
  native.setMaxProto?.(newest)
  native.setCipherSuites?.(of13)
  native.setCiphers?.(older)
  if (groups !== '') native.setECDHCurve?.(groups)
  if (schemes !== '') native.setSigalgs?.(schemes)
  return { secureContext, requestOCSP: hello.statusRequest, gaps, relaxed }
}

const withSha1 = new Set([0x0201, 0x0202, 0x0203])

const needsLevel0 = ({ signatureAlgorithms, cipherSuites }: ClientHello): boolean =>
  signatureAlgorithms?.every(algorithm => withSha1.has(algorithm)) || cipherSuites.some(suite => weakSuites.has(suite))

/** What OpenSSL does unless it is told not to, by the extension that says so. */
const switches: readonly (readonly [extension: number, option: number])[] = [
  [22, constants.SSL_OP_NO_ENCRYPT_THEN_MAC],
  [23, 1], // SSL_OP_NO_EXTENDED_MASTER_SECRET, which node:crypto does not name
  [35, constants.SSL_OP_NO_TICKET],
]

const switchedOff = (hello: ClientHello): number =>
  switches.reduce((options, [extension, option]) => (hasExtension(hello, extension) ? options : options | option), 0)

const hasExtension = ({ extensions }: ClientHello, wanted: number): boolean =>
  extensions.some(({ type }) => type === wanted)

interface VersionRange {
  readonly oldest: number
  readonly newest: number
}

/** What to offer: no version that the client does not offer, as far as what it supports reaches down to `floor`. */
function rangeOf({ supportedVersions, legacyVersion, cipherSuites }: ClientHello, floor: number): VersionRange {
  const known = (supportedVersions ?? [legacyVersion]).filter(v => v >= tls10 && v <= tls13)
  const highest = Math.max(floor, ...known)
  const newest = cipherSuites.some(isTls13Suite) ? highest : Math.max(floor, Math.min(highest, tls12))
  return { newest, oldest: supportedVersions ? Math.max(floor, Math.min(newest, ...known)) : Math.min(floor, newest) }
}
