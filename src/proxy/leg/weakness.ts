import { type Problem, problemOf } from '../../problem/problem.ts'
import type { PeerCertificate } from './peer-certificate.ts'

const shortestRsa = 2048 // bits; OpenSSL's security level 2
const longestChain = 10

/** A key too short or a digest too weak for OpenSSL's security level 2. */
function weaknessOf(certificate: PeerCertificate, whose: string): Problem | undefined {
  const { signatureAlgorithm } = certificate
  const key = keyOf(certificate)
  const bits = key?.asymmetricKeyDetails?.modulusLength
  if (key?.asymmetricKeyType === 'rsa' && bits !== undefined && bits < shortestRsa)
    return problemOf('tls/certificate-weak-key', { detail: `${whose} RSA key has only ${bits} bits` })
  const digest = /md5|sha1/i.exec(signatureAlgorithm ?? '')?.[0]
  if (!digest) return undefined
  return problemOf('tls/certificate-weak-digest', { detail: `${whose} certificate, with ${digest.toUpperCase()}` })
}

/** Undefined where OpenSSL cannot read it, which is no matter of strength. */
function keyOf(certificate: PeerCertificate): PeerCertificate['publicKey'] | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/**
 * Node has no name for OpenSSL's `EE certificate key too weak` and `CA signature digest algorithm too weak`, so where it
 * says only that something is wrong, the server's certificate itself is asked.
 */
export function weakness(certificate: PeerCertificate | undefined, problem: Problem): Problem {
  if (!certificate || problem.code !== 'tls/certificate-invalid') return problem
  return weaknessOf(certificate, 'the server’s') ?? chainWeakness(certificate) ?? problem
}

/** What security level 2 would have refused in a chain that verified on a lower one; a root's own signature proves nothing. */
export function chainWeakness(leaf: PeerCertificate | undefined): Problem | undefined {
  let certificate = leaf
  for (let depth = 0; certificate && depth < longestChain; depth++, certificate = certificate.issuerCertificate) {
    if (certificate.issuer === certificate.subject) return undefined
    const found = weaknessOf(certificate, depth === 0 ? 'the server’s' : 'an issuer’s')
    if (found) return found
  }
  return undefined
}
