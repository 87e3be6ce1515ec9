import { notVisible } from './hidden.ts'
import type { LegPair } from './leg-pair.ts'

/** `=` same, `≠` differs, `~` differs because it could not be mirrored, `!` differs and matters, `·` cannot be seen. */
export type Mark = '=' | '≠' | '~' | '!' | '·'

export interface ComparisonRow {
  /** A stable key, such as 'cipher-suite'. */
  readonly aspect: string
  readonly label: string
  /** What the client leg says; `—` where it says nothing. Not printable yet: it may hold the network's characters. */
  readonly client: string
  readonly upstream: string
  readonly mark: Mark
  /** Why they differ and what follows, in a sentence. */
  readonly why?: string
}

/** Compares one family of aspects. An aspect about which neither leg says anything has no row. */
export type CompareAspects = (pair: LegPair) => readonly ComparisonRow[]

export const nothing = '—'
/** Of the leg that a connection seen from outside has not. */
export const notRecorded = 'not recorded'

export interface Difference {
  readonly mark: Exclude<Mark, '=' | '·'>
  readonly why?: string
}

/** The row of an aspect, or none where both legs are silent. `differ` is asked only where the values are not the same. */
export function rowOf(
  aspect: string,
  label: string,
  client: string | undefined,
  upstream: string | undefined,
  differ: Difference | (() => Difference) = { mark: '≠' },
): ComparisonRow[] {
  if (client === undefined && upstream === undefined) return []
  const row = { aspect, label, client: client ?? nothing, upstream: upstream ?? nothing }
  if (client === notVisible || upstream === notVisible) return [{ ...row, mark: '·' }]
  if (client === upstream) return [{ ...row, mark: '=' }]
  if (client === undefined || upstream === undefined) {
    const { mark, why } = typeof differ === 'function' ? { mark: '≠' as const } : differ
    return [{ ...row, mark, why: why ?? `Only the ${client === undefined ? 'upstream' : 'client'} leg got this far.` }]
  }
  return [{ ...row, ...(typeof differ === 'function' ? differ() : differ) }]
}
