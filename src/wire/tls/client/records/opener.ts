import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import type { OpenedRecord } from '../../record-cipher.ts'
import { protectionOf } from './protection.ts'
import type { RecordProtection } from './record-protection.ts'

/** Opens the records of the server's direction under one set of keys, and counts them. */
export class Opener {
  readonly #protection: RecordProtection
  #sequence = 0n

  /** Throws a RangeError for an algorithm that is not `canProtect`. */
  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac = false) {
    this.#protection = protectionOf(version, algorithm, keys, encryptThenMac)
  }

  /**
   * The type and content of a record that is whole; in TLS 1.3 those inside. The record may be reused afterwards. Throws a
   * TlsError: bad_record_mac, and for TLS 1.3 record_overflow and unexpected_message. After one nothing more may be opened.
   */
  open(record: Buffer): OpenedRecord {
    return this.#protection.open(this.#sequence++, record)
  }
}
