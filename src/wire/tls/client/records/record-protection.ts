import type { OpenedRecord } from '../../record-cipher.ts'

/** How the records of one direction are protected under one set of keys. */
export interface RecordProtection {
  /** Writes the record of this number to `into` at `at`, header first; returns where it ends. */
  seal(sequence: bigint, type: number, content: Uint8Array, into: Buffer, at: number): number
  /** Opens a whole record. Throws a TlsError. */
  open(sequence: bigint, record: Buffer): OpenedRecord
}
