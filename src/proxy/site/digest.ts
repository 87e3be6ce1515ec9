import { createHash } from 'node:crypto'

/** The SHA-256 of all parts as one. */
export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** OpenSSL's `subject_hash_old` of a name in DER: the first four bytes of its MD5, as a number in little-endian. */
export const subjectHash = (subject: Uint8Array): string =>
  createHash('md5').update(subject).digest().readUInt32LE(0).toString(16).padStart(8, '0')
