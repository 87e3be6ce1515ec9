import type { SecureContext, SecureContextOptions } from 'node:tls'
import type { ConnectionRuling } from '../../rules/rulings.ts'
import { matchesHost } from '../host-pattern.ts'
import type { NativeContext } from './openssl-lists.ts'
import { versionNumbers } from './version-options.ts'
import type { TlsVersion } from './versions.ts'

/** What a person wants of the TLS of one connection; what is absent is as for all. */
export interface TlsWishes {
  readonly minVersion?: TlsVersion
  readonly maxVersion?: TlsVersion
  /** As OpenSSL writes them, joined by colons: TLS 1.3's among the others. */
  readonly cipherSuites?: string
  readonly groups?: string
  readonly mirror?: boolean
}

/** The oldest version for hosts of a pattern. */
export interface MinTlsOf {
  readonly host: string
  readonly version: TlsVersion
}

const isVersion = (text: string | undefined): text is TlsVersion =>
  text !== undefined && Object.hasOwn(versionNumbers, text)

/** What rules want, and where they say nothing, what options say for the host. */
export function tlsWishes(
  host: string,
  ruling: ConnectionRuling | undefined,
  minTls: readonly MinTlsOf[] = [],
): TlsWishes {
  const least = ruling?.minTls ?? minTls.find(of => matchesHost(of.host, host))?.version
  const { maxTls, cipherSuites, groups, mirror } = ruling ?? {}
  return {
    ...(isVersion(least) && { minVersion: least }),
    ...(isVersion(maxTls) && { maxVersion: maxTls }),
    ...(cipherSuites !== undefined && { cipherSuites }),
    ...(groups !== undefined && { groups }),
    ...(mirror !== undefined && { mirror }),
  }
}

/** The oldest version to speak: `floor`, unless another is wanted or no version was left. */
export function oldestOf({ minVersion, maxVersion }: TlsWishes, floor: TlsVersion): TlsVersion {
  const oldest = minVersion ?? floor
  return maxVersion && versionNumbers[maxVersion] < versionNumbers[oldest] ? maxVersion : oldest
}

/** Wishes as options of a context that is yet to be made. */
export const wishOptions = ({ maxVersion, cipherSuites, groups }: TlsWishes): SecureContextOptions => ({
  ...(maxVersion && { maxVersion }),
  ...(cipherSuites !== undefined && { ciphers: cipherSuites }),
  ...(groups !== undefined && { ecdhCurve: groups }),
})

/** Makes a context that offers what a client offers into what is wanted. Throws OpenSSL's error for names that it has not. */
export function applyWishes({ context }: SecureContext, { maxVersion, cipherSuites, groups }: TlsWishes): void {
  const native = context as NativeContext
  const newest = maxVersion && versionNumbers[maxVersion]
  const offered = native.getMaxProto?.() ?? 0 // 0: whatever there is
  if (newest && (offered === 0 || newest < offered)) native.setMaxProto?.(newest)
  if (groups !== undefined) native.setECDHCurve?.(groups)
  if (cipherSuites === undefined) return
  const names = cipherSuites.split(':')
  const isOf13 = (name: string): boolean => /^TLS_(?:AES|CHACHA20|SM4)_/.test(name)
  const of13 = names.filter(isOf13)
  const older = names.filter(name => !isOf13(name))
  if (of13.length > 0) native.setCipherSuites?.(of13.join(':'))
  if (older.length > 0) native.setCiphers?.(older.join(':'))
}
