import { judgeOcsp } from '../../x509/ocsp-signature.ts'
import type { Check } from '../handshake.ts'

const name = 'OCSP signature'

/**
 * Verifies who signed a stapled OCSP response (RFC 6960 4.2.2.2). `certificates` are the sender's, the one that it is
 * about first; `at` is when it came, in ms since the epoch.
 */
export function checkStapled(response: Uint8Array, certificates: readonly Uint8Array[], at: number): Check {
  const [subject] = certificates
  if (!subject) return { name, detail: 'not verified: no certificate was seen before it' }
  const { about, verified, detail } = judgeOcsp(response, subject, certificates, at)
  const told = about ? `${detail}; it says ${about.status}` : detail
  return { name, ...(verified !== undefined && { passed: verified }), detail: told }
}

/** It was not looked at, because too many were stapled before it. */
export const tooManyStapled: Check = { name, detail: 'not verified: too many responses came before it' }
