/** `note`: it works, but somebody may stumble over it. */
export type Level = 'ok' | 'note' | 'trouble'

/** What one look found. Its texts are somebody else's words in part, and not printable yet. */
export interface Finding {
  readonly level: Level
  /** In a word or two. */
  readonly what: string
  readonly says: string
  /** What mends it, in one line; a command where there is one. */
  readonly remedy?: string
}

/** Findings under one heading. */
export interface FindingGroup {
  readonly title: string
  readonly findings: readonly Finding[]
}

export const ok = (what: string, says: string): Finding => ({ level: 'ok', what, says })
export const note = (what: string, says: string, remedy: string): Finding => ({ level: 'note', what, says, remedy })
export const trouble = (what: string, says: string, remedy: string): Finding => ({
  level: 'trouble',
  what,
  says,
  remedy,
})

/** Whether nothing is in the way. */
export const isWell = (groups: readonly FindingGroup[]): boolean =>
  groups.every(({ findings }) => findings.every(({ level }) => level !== 'trouble'))
