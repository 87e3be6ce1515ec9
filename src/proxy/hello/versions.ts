import type { SecureVersion } from 'node:tls'
import { tls10, tls11, tls12, tls13 } from '../../wire/tls/registry/versions.ts'

export type TlsVersion = SecureVersion

export const defaultMinTls: TlsVersion = 'TLSv1.2'

/** Whether versions are let in that OpenSSL holds for unsafe. */
export const allowsOldTls = (minVersion: TlsVersion): boolean => minVersion === 'TLSv1' || minVersion === 'TLSv1.1'

/** The number of a version on the wire. */
export const versionNumbers: Readonly<Record<TlsVersion, number>> = {
  TLSv1: tls10,
  'TLSv1.1': tls11,
  'TLSv1.2': tls12,
  'TLSv1.3': tls13,
}
