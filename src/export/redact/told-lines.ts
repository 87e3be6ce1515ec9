import { counted } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import type { RedactedCount } from './redaction.ts'

const mostLines = 40

/** What was redacted, a line each kind and place, the most frequent first. Safe for a terminal. */
export function redactedLines(counts: readonly RedactedCount[]): readonly string[] {
  if (counts.length === 0) return ['nothing was redacted']
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const more = counts.length - mostLines
  return [
    `redacted ${counted(total, 'value')}:`,
    ...counts
      .slice(0, mostLines)
      .map(({ what, where, count }) => `  ${count} × ${printable(what)} (${printable(where)})`),
    ...(more > 0 ? [`  and ${counted(more, 'kind')} more`] : []),
  ]
}
