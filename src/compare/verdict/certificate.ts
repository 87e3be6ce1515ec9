import { isSelfIssued } from '../../wire/x509/certificate.ts'
import { structureOf } from '../chain.ts'
import type { Check } from './check.ts'

interface Words {
  readonly sentence: string
  readonly asBrowser: string
  readonly asOpenssl: string
}

const issuerUnknown = 'unable to get local issuer certificate'

/** What every client that verifies would have said to the server's certificate, by the code of the problem that Parley found. */
const refusals: Readonly<Record<string, Words>> = {
  'tls/certificate-expired': {
    sentence: 'The server’s certificate has expired.',
    asBrowser: 'ERR_CERT_DATE_INVALID',
    asOpenssl: 'certificate has expired',
  },
  'tls/certificate-not-yet-valid': {
    sentence: 'The server’s certificate is not yet valid.',
    asBrowser: 'ERR_CERT_DATE_INVALID',
    asOpenssl: 'certificate is not yet valid',
  },
  'tls/certificate-self-signed': {
    sentence: 'The server’s certificate is self-signed, so clients do not trust it.',
    asBrowser: 'ERR_CERT_AUTHORITY_INVALID',
    asOpenssl: 'self-signed certificate',
  },
  'tls/certificate-untrusted-root': {
    sentence:
      'The server’s chain leads to a root that Parley does not trust; whether the client trusts it is not known.',
    asBrowser: 'ERR_CERT_AUTHORITY_INVALID',
    asOpenssl: 'self-signed certificate in certificate chain',
  },
  'tls/certificate-incomplete-chain': {
    sentence: 'The server did not send its intermediate, so a client needs to know that already.',
    asBrowser: 'ERR_CERT_AUTHORITY_INVALID',
    asOpenssl: issuerUnknown,
  },
  'tls/certificate-unknown-issuer': {
    sentence: 'Parley does not know who issued the server’s certificate; whether the client does is not known.',
    asBrowser: 'ERR_CERT_AUTHORITY_INVALID',
    asOpenssl: issuerUnknown,
  },
  'tls/certificate-invalid': {
    sentence: 'The server’s certificate did not verify here.',
    asBrowser: 'ERR_CERT_INVALID',
    asOpenssl: 'certificate verify failed',
  },
  'tls/certificate-wrong-host': {
    sentence: 'The server’s certificate is for another name.',
    asBrowser: 'ERR_CERT_COMMON_NAME_INVALID',
    asOpenssl: 'hostname mismatch',
  },
  'tls/certificate-revoked': {
    sentence: 'The server’s certificate was revoked.',
    asBrowser: 'ERR_CERT_REVOKED',
    asOpenssl: 'certificate revoked',
  },
  'tls/certificate-weak-key': {
    sentence: 'The key of the server’s certificate is too weak.',
    asBrowser: 'ERR_CERT_WEAK_KEY',
    asOpenssl: 'EE certificate key too weak',
  },
  'tls/certificate-weak-digest': {
    sentence: 'The server’s certificate is signed with a digest that is too weak.',
    asBrowser: 'ERR_CERT_WEAK_SIGNATURE_ALGORITHM',
    asOpenssl: 'CA signature digest algorithm too weak',
  },
}

/** A client may know a root that Parley does not, so only some refusals are certain. */
const dependsOnTrust = new Set([
  'tls/certificate-self-signed',
  'tls/certificate-untrusted-root',
  'tls/certificate-incomplete-chain',
  'tls/certificate-unknown-issuer',
  'tls/certificate-invalid',
  'tls/certificate-weak-key',
  'tls/certificate-weak-digest',
])

/** What --insecure tolerated, the client would have had to judge by itself. */
export const checkCertificate: Check = ({ connection: { problems, tolerated }, upstream }) => {
  const told = tolerated ? [...problems, tolerated] : problems
  const problem = told.find(({ code }) => Object.hasOwn(refusals, code))
  if (!problem) return undefined
  const standing = dependsOnTrust.has(problem.code) ? 'may-fail' : 'fails'
  const words = refusals[problem.code]!
  const rootUnsent = problem.code === 'tls/certificate-untrusted-root' && !endsAtRoot(upstream.serverCertificates)
  return { aspect: 'certificate', standing, ...words, ...(rootUnsent && { asOpenssl: issuerUnknown }) }
}

function endsAtRoot(chain: readonly Uint8Array[]): boolean {
  const last = structureOf(chain.at(-1) ?? new Uint8Array())
  return last !== undefined && isSelfIssued(last)
}
