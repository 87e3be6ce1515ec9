import { X509Certificate } from 'node:crypto'

/**
 * A certificate in DER, as node:crypto reads it. Its X509Certificate takes PEM too, and looks for that first: of one with
 * another in PEM inside, in a name or an extension, it reads the other. Throws where the bytes are not a certificate in DER
 * and nothing else.
 */
export function derCertificate(der: Uint8Array): X509Certificate {
  const certificate = new X509Certificate(der)
  if (Buffer.compare(certificate.raw, der) !== 0) throw new RangeError('no certificate in DER')
  return certificate
}
