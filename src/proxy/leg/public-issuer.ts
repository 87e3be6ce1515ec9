import { MalformedError } from '../../wire/reader.ts'
import { remembered } from '../../wire/remembered.ts'
import { readCertificate } from '../../wire/x509/certificate.ts'
import type { PeerCertificate } from './peer-certificate.ts'

/**
 * True where a public authority issued a certificate: it is in the public logs (RFC 6962 3.3), or names a policy of the
 * CA/Browser Forum. Those authorities sign for servers with intermediates alone (its Baseline Requirements 6.1.7).
 */
export const hasPublicIssuer = (leaf: PeerCertificate | undefined): boolean => leaf !== undefined && isPublic(leaf.raw)

const isPublic = remembered((der: Uint8Array): boolean => {
  try {
    const { scts, validation } = readCertificate(der)
    return scts.length > 0 || validation !== undefined
  } catch (error) {
    if (error instanceof MalformedError) return false
    throw error
  }
})
