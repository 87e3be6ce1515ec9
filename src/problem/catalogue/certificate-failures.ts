import type { Failure, Failures } from './failure.ts'

const replaceIt = 'The server needs a new certificate; until then, --insecure-host accepts this one.'
const checkClock = 'Check this machine’s clock, then the server’s certificate; --insecure-host accepts it anyway.'
const trustIt = 'If you know the root, add its file with --upstream-ca; or accept the certificate with --insecure-host.'

const certificate = (cause: string, remedy = replaceIt): Failure => ({
  cause,
  blame: 'server',
  remedy,
})

/** What can be wrong with a server’s certificate. */
export const certificateFailures = {
  'tls/certificate-expired': certificate('the server’s certificate has expired', checkClock),
  'tls/certificate-not-yet-valid': certificate('the server’s certificate is not valid yet', checkClock),
  'tls/certificate-self-signed': certificate('the server’s certificate is self-signed', trustIt),
  'tls/certificate-incomplete-chain': certificate(
    'the server did not send the certificate of the authority that issued its own, which is no root',
    'Have the server send its intermediates; until then, add their file with --upstream-ca, or accept the certificate with --insecure-host.',
  ),
  'tls/certificate-unknown-issuer': {
    ...certificate(
      'the server sent no certificate of the authority that issued its own, and Parley does not know it',
      'If the issuer is a private root, add its file with --upstream-ca; if it is an intermediate, have the server send it. Or accept the certificate with --insecure-host.',
    ),
    blame: 'parley',
  },
  'tls/certificate-wrong-host': certificate('the server’s certificate is for other names'),
  'tls/certificate-revoked': certificate(
    'the server’s certificate was revoked',
    'Do not send anything to this server until it has a new certificate.',
  ),
  'tls/certificate-weak-key': certificate('a key in the server’s chain is too short'),
  'tls/certificate-weak-digest': certificate('the server’s chain is signed with a digest that is no longer safe'),
  'tls/certificate-untrusted-root': {
    ...certificate('the server’s chain leads to a root that Parley was not told to trust', trustIt),
    blame: 'parley',
  },
  'tls/certificate-invalid': certificate('the server’s certificate failed verification'),
} as const satisfies Failures
