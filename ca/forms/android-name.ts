import { createHash } from 'node:crypto'
import { readCertificateParts } from '../certificate-parts.ts'
import { encode } from '../der.ts'

/**
 * What OpenSSL before 1.0 names a certificate's file by, and Android still does: the first four bytes, the last one
 * first, of the MD5 of the subject (`openssl x509 -subject_hash_old`). Throws an Error on bytes that are not DER.
 */
export function subjectHashOld(der: Buffer): string {
  const { subject } = readCertificateParts(der)
  const hash = createHash('md5').update(encode(subject)).digest()
  return hash.readUInt32LE(0).toString(16).padStart(8, '0')
}
