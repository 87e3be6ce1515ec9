import type { Problem } from '../model/problem.ts'
import { readOcspResponse } from '../wire/x509/ocsp.ts'
import type { PeerCertificate } from './peer-certificate.ts'

const trimmed = (serial: string): string => serial.toLowerCase().replace(/^0+/, '')

/** What a stapled OCSP response (DER, RFC 6960) says against a certificate; undefined where it says nothing against it. */
export function revocation(response: Uint8Array, certificate: PeerCertificate | undefined): Problem | undefined {
  const serial = certificate && trimmed(certificate.serialNumber)
  const said = certificatesIn(response).find(one => serial === undefined || trimmed(one.serial) === serial)
  if (said?.status !== 'revoked') return undefined
  const when = said.revokedAt === undefined ? '' : ` on ${new Date(said.revokedAt).toISOString().slice(0, 10)}`
  return {
    code: 'tls/certificate-revoked',
    blame: 'server',
    message: `the server's certificate was revoked${when}, as its stapled OCSP response says${said.reason ? `: ${said.reason}` : ''}`,
    remedy: 'do not send anything to this server until it has a new certificate',
  }
}

function certificatesIn(response: Uint8Array) {
  try {
    return readOcspResponse(response).basic?.certificates ?? []
  } catch {
    return [] // the dissector names what is wrong with it
  }
}
