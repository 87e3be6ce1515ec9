import type { ProblemCode } from './codes.ts'
import { type Problem, problemOf } from './problem.ts'

/** By OpenSSL's and Node's words for what is wrong with a chain. */
const codes: Readonly<Record<string, ProblemCode>> = {
  CERT_HAS_EXPIRED: 'tls/certificate-expired',
  CERT_NOT_YET_VALID: 'tls/certificate-not-yet-valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls/certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls/certificate-untrusted-root',
  // Above the leaf: the server sent its intermediates, and nobody here knows who signed the last one.
  UNABLE_TO_GET_ISSUER_CERT: 'tls/certificate-untrusted-root',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls/certificate-untrusted-root',
  // The leaf alone: its issuer may be a root that nobody has to send.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls/certificate-unknown-issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls/certificate-wrong-host',
  CERT_REVOKED: 'tls/certificate-revoked',
  EE_KEY_TOO_SMALL: 'tls/certificate-weak-key',
  CA_KEY_TOO_SMALL: 'tls/certificate-weak-key',
  CA_MD_TOO_WEAK: 'tls/certificate-weak-digest',
}

/**
 * The server's certificate did not verify. `code` is TLSSocket.authorizationError; `detail` is what the chain says to it.
 * `isPublic`: its issuer is a public authority, and those never sign for servers with a root.
 */
export function verificationProblem(code: string, detail = '', isPublic = false): Problem {
  const known = Object.hasOwn(codes, code) ? codes[code]! : undefined
  if (known === 'tls/certificate-unknown-issuer' && isPublic)
    return problemOf('tls/certificate-incomplete-chain', { detail })
  if (known) return problemOf(known, { detail })
  return problemOf('tls/certificate-invalid', { detail: detail ? `${code}: ${detail}` : code })
}
