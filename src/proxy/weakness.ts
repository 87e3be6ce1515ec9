import type { Problem } from '../model/problem.ts'
import type { PeerCertificate } from './peer-certificate.ts'

const shortestRsa = 2048 // bits; OpenSSL's security level 2

/**
 * Node has no name for OpenSSL's `EE certificate key too weak` and `CA signature digest algorithm too weak`, so where it
 * says only that something is wrong, the server's certificate itself is asked.
 */
export function weakness(certificate: PeerCertificate | undefined, problem: Problem): Problem {
  if (!certificate || problem.code !== 'tls/certificate-invalid') return problem
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = certificate.publicKey
  const bits = details?.modulusLength
  if (kind === 'rsa' && bits !== undefined && bits < shortestRsa)
    return { ...problem, code: 'tls/certificate-weak-key', message: `the server's RSA key has only ${bits} bits` }
  const digest = /md5|sha1/i.exec(certificate.signatureAlgorithm ?? '')?.[0]
  if (digest)
    return {
      ...problem,
      code: 'tls/certificate-weak-digest',
      message: `the server's certificate is signed with ${digest.toUpperCase()}, which can be forged`,
    }
  return problem
}
