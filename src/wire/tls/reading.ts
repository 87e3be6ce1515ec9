import type { OpenedRecord, Seal } from './record-cipher.ts'
import type { RawRecord } from './record-reader.ts'

/** A record's content, or why it stays closed. */
export interface Reading {
  readonly encrypted: boolean
  readonly content?: OpenedRecord
  readonly closed?: string
  /** It stays closed, and is or may be early data. */
  readonly early?: boolean
  /** Records that are missing before it, where it could be opened only so. */
  readonly skipped?: number
  /** What it is under, and its number there; absent where that is not known. */
  readonly under?: Seal
}

export const noServerHello = 'no ServerHello was seen'
export const headerOnly = 'only its header was kept'

/** What a record holds before anything is encrypted; `encrypted` all the same where its type says so. */
export function clear(record: RawRecord, encrypted: boolean): Reading {
  if (encrypted) return { encrypted, closed: noServerHello }
  return record.fragment
    ? { encrypted, content: { type: record.type, content: record.fragment } }
    : { encrypted, closed: headerOnly }
}
