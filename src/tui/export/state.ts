import type { ExchangeId } from '../../model/exchange.ts'
import type { ExportFormat } from '../actions.ts'
import type { WithCursor } from '../state/scrolled.ts'

/** Which flows leave: the one that the screen was about, those marked, those that the list shows, or all. */
export type Scope = 'flow' | 'marked' | 'shown' | 'all'

/** Which flows leave, how and where to; the cursor is on a format. */
export interface ExportScreen extends WithCursor {
  readonly kind: 'export'
  readonly formats: readonly ExportFormat[]
  readonly tab: Scope
  /** The one that the screen was about. */
  readonly flow?: ExchangeId
  /** Without what looks like a secret. */
  readonly redacted: boolean
}

export const formatAt = ({ formats, cursor }: ExportScreen): ExportFormat | undefined =>
  formats[Math.max(0, Math.min(cursor, formats.length - 1))]
