import type { ProblemCode } from './codes.ts'
import type { Problem } from './problem.ts'

const verification: Readonly<Record<string, readonly [code: ProblemCode, message: string]>> = {
  CERT_HAS_EXPIRED: ['tls/certificate-expired', "the server's certificate has expired"],
  CERT_NOT_YET_VALID: ['tls/certificate-not-yet-valid', "the server's certificate is not valid yet"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls/certificate-self-signed', "the server's certificate is self-signed"],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'tls/certificate-untrusted-root',
    "the server's chain ends in a root that is not trusted here",
  ],
  UNABLE_TO_GET_ISSUER_CERT: ['tls/certificate-incomplete-chain', 'the chain of the server lacks an issuer'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'tls/certificate-incomplete-chain',
    'the server sent no chain to a root that is trusted here: an intermediate is missing, or its root is private',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'tls/certificate-incomplete-chain',
    'the server sent only its own certificate, and its issuer is not known here',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls/certificate-wrong-host', "the server's certificate is for other names"],
  CERT_REVOKED: ['tls/certificate-revoked', "the server's certificate is revoked"],
  EE_KEY_TOO_SMALL: ['tls/certificate-weak-key', "the key in the server's certificate is too small"],
  CA_KEY_TOO_SMALL: ['tls/certificate-weak-key', "a key in the server's chain is too small"],
  CA_MD_TOO_WEAK: ['tls/certificate-weak-digest', "the server's chain is signed with a digest that is too weak"],
}

const trustIt = 'name its root with --upstream-ca FILE, or go on all the same with --insecure-host'
const checkClock = "check this machine's clock; --insecure-host goes on all the same"
const remedies: Readonly<Record<string, string>> = {
  'tls/certificate-self-signed': trustIt,
  'tls/certificate-untrusted-root': trustIt,
  'tls/certificate-incomplete-chain': trustIt,
  'tls/certificate-expired': checkClock,
  'tls/certificate-not-yet-valid': checkClock,
}

/** The server's certificate did not verify. `code` is TLSSocket.authorizationError. */
export function verificationProblem(code: string, detail = ''): Problem {
  const [name, message] = (Object.hasOwn(verification, code) && verification[code]) || [
    'tls/certificate-invalid',
    `the server's certificate does not verify (${code})`,
  ]
  return {
    code: name,
    blame: 'server',
    message: detail ? `${message}: ${detail}` : message,
    remedy: remedies[name] ?? 'the server needs another certificate; --insecure-host goes on all the same',
  }
}
