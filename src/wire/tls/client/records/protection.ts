import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import { RecordCipher } from '../../record-cipher.ts'
import { isTls13 } from '../../registry/versions.ts'
import { AeadRecords } from './aead-records.ts'
import { BlockRecords } from './block-records.ts'
import { InnerRecords } from './inner-records.ts'
import type { RecordProtection } from './record-protection.ts'

/** Whether records of an algorithm can be sealed and opened here: not RC4, not NULL, and what node:crypto has not. */
export const canProtect = (algorithm: RecordAlgorithm): boolean =>
  (algorithm.kind === 'aead' || algorithm.kind === 'cbc') && RecordCipher.unsupported(algorithm) === undefined

/** What protects the records of one direction. Throws a RangeError for an algorithm that cannot. */
export function protectionOf(
  version: number,
  algorithm: RecordAlgorithm,
  keys: RecordKeys,
  encryptThenMac: boolean,
): RecordProtection {
  if (!canProtect(algorithm)) throw new RangeError(`no records of ${algorithm.cipher} here`)
  if (algorithm.kind === 'cbc') return new BlockRecords(version, algorithm, keys, encryptThenMac)
  return isTls13(version) ? new InnerRecords(algorithm, keys) : new AeadRecords(version, algorithm, keys)
}
