import type { Failure, Failures } from './failure.ts'

const replaceIt = 'The server needs another certificate; until then --insecure-host goes on all the same.'
const trustIt = 'If you know the root, name its file with --upstream-ca; or go on all the same with --insecure-host.'

const certificate = (cause: string, remedy = replaceIt): Failure => ({
  cause,
  blame: 'server',
  remedy,
})

/** What can be wrong with a server’s certificate. */
export const certificateFailures = {
  'tls/certificate-expired': certificate('The server’s certificate has expired.'),
  'tls/certificate-not-yet-valid': certificate(
    'The server’s certificate is not valid yet.',
    'Check this machine’s clock, then the server’s certificate; --insecure-host goes on all the same.',
  ),
  'tls/certificate-self-signed': certificate(
    'The server’s certificate is signed by itself or by a root that this machine does not trust.',
    trustIt,
  ),
  'tls/certificate-incomplete-chain': certificate(
    'The server does not send the intermediate certificates that lead to a root.',
    'Have the server send its intermediates; until then name their file with --upstream-ca.',
  ),
  'tls/certificate-wrong-host': certificate('The server’s certificate is for another name.'),
  'tls/certificate-revoked': certificate(
    'The server’s certificate was revoked.',
    'Do not send anything to this server until it has a new certificate.',
  ),
  'tls/certificate-weak-key': certificate('The server’s certificate has a key that is too short.'),
  'tls/certificate-weak-digest': certificate('The server’s chain is signed with a digest that is no longer safe.'),
  'tls/certificate-untrusted-root': certificate(
    'The server’s chain ends in a root that this machine does not trust.',
    trustIt,
  ),
  'tls/certificate-invalid': certificate('The server’s certificate does not verify.'),
} as const satisfies Failures
