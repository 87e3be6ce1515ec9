import type { FieldLine } from '../../http1/field-lines.ts'

/** Octets of a string literal, without the length before them; offsets count from the block's start (RFC 7541 5.2). */
export interface StringLiteral {
  readonly start: number
  readonly end: number
  readonly huffman: boolean
}

/** How a field line stood in its block (RFC 7541 6.1 and 6.2). */
export interface FieldRepresentation {
  readonly kind: 'indexed' | 'incremental' | 'not-indexed' | 'never-indexed'
  readonly start: number
  readonly end: number
  /** Of the entry that gave the field, or its name, at that moment; 0 for none. Up to 61 it is the static table's. */
  readonly index: number
  readonly field: FieldLine
  readonly name?: StringLiteral
  readonly value?: StringLiteral
  /** Whether it is now the newest entry: one that is larger than the table empties it instead. */
  readonly added: boolean
  /** Entries that went, oldest first. */
  readonly evicted: readonly FieldLine[]
}

/** RFC 7541 6.3 */
export interface TableSizeUpdate {
  readonly kind: 'size-update'
  readonly start: number
  readonly end: number
  readonly size: number
  readonly evicted: readonly FieldLine[]
}

export type Representation = FieldRepresentation | TableSizeUpdate
