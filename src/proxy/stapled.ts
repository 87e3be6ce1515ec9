import type { Problem } from '../problem/problem.ts'
import { judgeOcsp } from '../wire/x509/ocsp-signature.ts'
import type { PeerCertificate } from './peer-certificate.ts'

/**
 * What a stapled OCSP response (DER, RFC 6960) says against a certificate; undefined where it says nothing against it, or
 * where somebody signed it who may not. `at` in ms since the epoch.
 */
export function revocation(response: Uint8Array, peer: PeerCertificate | undefined, at: number): Problem | undefined {
  if (!peer) return undefined
  const issuers = [...(peer.issuerCertificate ? [peer.issuerCertificate.raw] : []), peer.raw] // or it signed itself
  const { about, verified, detail } = judgeOcsp(response, peer.raw, issuers, at)
  if (about?.status !== 'revoked' || verified === false) return undefined
  const when = about.revokedAt === undefined ? '' : ` on ${new Date(about.revokedAt).toISOString().slice(0, 10)}`
  const why = about.reason ? `: ${about.reason}` : ''
  const signed = verified ? `signed ${detail}` : `whose signature is ${detail}`
  return {
    code: 'tls/certificate-revoked',
    blame: 'server',
    message: `the server's certificate was revoked${when}${why}, as its stapled OCSP response says, ${signed}`,
    remedy: 'do not send anything to this server until it has a new certificate',
  }
}
