import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import type { RecordAlgorithm } from './record-algorithm.ts'

// node:crypto has three families of AEAD ciphers with the same calls; its types want each by its own name.
type Name = 'aes-128-ccm'

/** Encrypts the bytes from `start` to `end` where they lie and puts the tag behind them; returns where the tag ends. */
export function sealInPlace(
  { cipher: name, tagLength: authTagLength }: RecordAlgorithm,
  key: KeyObject | Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  bytes: Buffer,
  start: number,
  end: number,
): number {
  const cipher = createCipheriv(name as Name, key, nonce, { authTagLength })
  cipher.setAAD(additional, { plaintextLength: end - start })
  bytes.set(cipher.update(bytes.subarray(start, end)), start)
  cipher.final()
  bytes.set(cipher.getAuthTag(), end)
  return end + authTagLength
}

/** The plaintext of what ends in a tag and is at least that long. Throws where the tag does not match. */
export function openAead(
  { cipher: name, tagLength: authTagLength }: RecordAlgorithm,
  key: KeyObject | Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  sealed: Uint8Array,
): Buffer {
  const end = sealed.length - authTagLength
  const decipher = createDecipheriv(name as Name, key, nonce, { authTagLength })
  decipher.setAuthTag(sealed.subarray(end))
  decipher.setAAD(additional, { plaintextLength: end })
  const plain = decipher.update(sealed.subarray(0, end))
  decipher.final()
  return plain
}
