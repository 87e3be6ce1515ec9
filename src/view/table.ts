import type { Mark } from '../compare/compare.ts'
import type { LegName } from '../model/party.ts'

/** What happened on one leg at one moment. Every text is printable. */
export interface Cell {
  /** ms since the connection opened */
  readonly at?: number
  /** → towards the server, ← towards the client, on either leg. */
  readonly arrow?: '→' | '←'
  /** `ClientHello`; in braces where it was encrypted: `{Finished ✓}`. */
  readonly title: string
  /** Its size, or what it is about, in a few words; may be empty. */
  readonly detail: string
  /** Short lines to show below, indented. */
  readonly facts: readonly string[]
  readonly tone?: 'good' | 'bad' | 'dim'
  /** The handshake message that the cell stands for. */
  readonly message?: { readonly leg: LegName; readonly index: number }
}

export interface Row {
  readonly client?: Cell
  readonly upstream?: Cell
  readonly mark?: Mark
  /** Why the legs differ here. */
  readonly why?: string
}

/** A connection told in two columns, from the first moment to the last. */
export interface Table {
  readonly client: string
  readonly upstream: string
  readonly rows: readonly Row[]
}
