import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import { headerLength } from '../../record-header.ts'
import { protectionOf } from './protection.ts'
import type { RecordProtection } from './record-protection.ts'

const mostAround = 80 // bytes: IV of a block, MAC of SHA-384, padding of a block; all others need less

/** Protects the records of our direction under one set of keys, and counts them. */
export class Sealer {
  readonly #protection: RecordProtection
  #sequence = 0n

  /** Throws a RangeError for an algorithm that is not `canProtect`. */
  constructor(version: number, algorithm: RecordAlgorithm, keys: RecordKeys, encryptThenMac = false) {
    this.#protection = protectionOf(version, algorithm, keys, encryptThenMac)
  }

  /** Records so far. */
  get sealed(): number {
    return Number(this.#sequence)
  }

  /** Bytes that a record has besides its content, at most. */
  get overhead(): number {
    return headerLength + mostAround
  }

  /**
   * Writes a record to `into` at `at`, where `content.length + overhead` bytes are free; returns where it ends. `content` is
   * at most `maxPlaintext` bytes.
   */
  seal(type: number, content: Uint8Array, into: Buffer, at: number): number {
    return this.#protection.seal(this.#sequence++, type, content, into, at)
  }
}
