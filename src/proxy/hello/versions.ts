import type { SecureVersion } from 'node:tls'

export type TlsVersion = SecureVersion

export const defaultMinTls: TlsVersion = 'TLSv1.2'

/** Whether versions are let in that OpenSSL holds for unsafe. */
export const allowsOldTls = (minVersion: TlsVersion): boolean => minVersion === 'TLSv1' || minVersion === 'TLSv1.1'

/** The number of a version on the wire. */
export const versionNumbers: Readonly<Record<TlsVersion, number>> = {
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
}
