import { X509Certificate } from 'node:crypto'

/** Whether `issuer`'s key made the signature on `certificate`; false too where OpenSSL knows no such key or algorithm. */
export function isSignedBy(certificate: Uint8Array, issuer: Uint8Array): boolean {
  try {
    return new X509Certificate(certificate).verify(new X509Certificate(issuer).publicKey)
  } catch {
    return false
  }
}
