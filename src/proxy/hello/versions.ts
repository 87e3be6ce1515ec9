import type { SecureVersion } from 'node:tls'

export type TlsVersion = SecureVersion

export const defaultMinTls: TlsVersion = 'TLSv1.2'

/** Whether versions are let in that OpenSSL holds for unsafe. */
export const allowsOldTls = (minVersion: TlsVersion): boolean => minVersion === 'TLSv1' || minVersion === 'TLSv1.1'
