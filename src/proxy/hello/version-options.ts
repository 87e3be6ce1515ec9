import { DEFAULT_CIPHERS } from 'node:tls'
import { tls10, tls11, tls12, tls13 } from '../../wire/tls/registry/versions.ts'
import { allowsOldTls, type TlsVersion } from './versions.ts'

/** The number of a version on the wire. */
export const versionNumbers: Readonly<Record<TlsVersion, number>> = {
  TLSv1: tls10,
  'TLSv1.1': tls11,
  'TLSv1.2': tls12,
  'TLSv1.3': tls13,
}

/** The ciphers of a context with this floor. TLS 1.0 and 1.1 sign with SHA-1, which higher security levels refuse. */
export const ciphersFor = (minVersion: TlsVersion): { readonly ciphers?: string } =>
  allowsOldTls(minVersion) ? { ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` } : {}
