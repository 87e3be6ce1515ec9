import { type Problem, problemOf } from '../../problem/problem.ts'
import { judgeOcsp } from '../../wire/x509/ocsp-signature.ts'
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
  const when = about.revokedAt === undefined ? [] : [`on ${new Date(about.revokedAt).toISOString().slice(0, 10)}`]
  const why = [...when, ...(about.reason ? [about.reason] : []), 'as its stapled OCSP response says']
  const signed = verified ? `signed ${detail}` : `whose signature is ${detail}`
  return problemOf('tls/certificate-revoked', { detail: [...why, signed].join(', ') })
}
