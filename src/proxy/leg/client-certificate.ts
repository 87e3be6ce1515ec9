import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { matchesHost } from '../host-pattern.ts'

/** What Parley shows to servers that ask for a client certificate. */
export interface ClientCertificate {
  /** Host pattern, as of --pass-through. */
  readonly host: string
  /** PEM, with what leads to its root. */
  readonly cert: string
  /** PEM */
  readonly key: string
}

/** The first one whose pattern fits. */
export const clientCertificateFor = (
  host: string,
  certificates: readonly ClientCertificate[] = [],
): ClientCertificate | undefined => certificates.find(certificate => matchesHost(certificate.host, host))

/** A short text that no other certificate has. */
export const markOf = ({ cert }: ClientCertificate): string => createHash('sha256').update(cert).digest('base64')

/** What is wrong with a certificate and its key, in OpenSSL's words; undefined where they fit. */
export function checkPair(cert: string, key: string): string | undefined {
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(cert)) return 'no certificate in PEM'
  if (!/-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(key)) return 'no private key in PEM'
  try {
    tls.createSecureContext({ cert, key }) // which does not compare an EC certificate with an RSA key
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? undefined : 'key values mismatch'
  } catch (error) {
    return (error as Error).message
  }
}
