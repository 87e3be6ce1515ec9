import type { Direction } from '../direction.ts'
import type { OpenedRecord, Seal } from './record-cipher.ts'
import type { RawRecord } from './record-reader.ts'

export interface DissectOptions {
  /** Whether signatures, Finished and binders are verified: a third of the time. True where absent. */
  readonly checks?: boolean
  /** Whether handshake messages have fields, and not their values alone. True where absent. */
  readonly fields?: boolean
  /** Told the content of each record of application data that can be opened, in the order of arrival. */
  readonly content?: (direction: Direction, at: number, bytes: Uint8Array) => void
  /** Told each encrypted record, in the order of arrival; what it holds where it was opened, what it is under if known. */
  readonly sealed?: (record: RawRecord, opened: OpenedRecord | undefined, under: Seal | undefined) => void
}
