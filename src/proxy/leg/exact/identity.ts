import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Identity } from '../../../wire/tls/client/tls-client.ts'
import type { ClientCertificate } from '../client-certificate.ts'

const known = new WeakMap<ClientCertificate, Identity>()
const inPem = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END [^-]+-----/g

/** A client certificate and its key as the TLS client takes them; it must be one that `checkPair` has found right. */
export function identityOf(certificate: ClientCertificate): Identity {
  const made = known.get(certificate) ?? {
    certificates: (certificate.cert.match(inPem) ?? []).map(pem => new X509Certificate(pem).raw),
    key: createPrivateKey(certificate.key),
  }
  known.set(certificate, made)
  return made
}
