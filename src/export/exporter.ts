import type { Filter } from '../filter/ast.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Capture } from '../store/capture.ts'

/** Which flows leave: those that fit, or those that are named; all of them where neither is there. */
export interface Selection {
  readonly filter?: Filter
  readonly ids?: ReadonlySet<ExchangeId>
  /** Only those after this one, and up to that one. */
  readonly after?: ExchangeId
  readonly upTo?: ExchangeId
}

/** Whether a flow is in the range of a selection. */
export const inRange = ({ after = 0, upTo = Number.POSITIVE_INFINITY }: Selection, id: ExchangeId): boolean =>
  id > after && id <= upTo

/** Every flow leaves. */
export const isWhole = ({ filter, ids, after = 0, upTo }: Selection): boolean =>
  !ids && (!filter || filter.type === 'all') && after === 0 && upTo === undefined

/** What an export is made of. */
export interface ExportSource {
  /** Its values are redacted already where that was asked for. */
  readonly capture: Capture
  readonly selection: Selection
  /** Keys stay here, and so do bytes that nobody could look into. */
  readonly redacted: boolean
  /** Is told how many flows of the capture were passed, whether they leave or not. */
  readonly passed?: (flows: number) => void
}

/** One file format: the pieces of the file in their order, made as they are written. */
export interface Exporter {
  /** As `--as` has it: `har`. */
  readonly key: string
  /** Text that is safe for a terminal; the others go into files alone. */
  readonly text: boolean
  /** Why it cannot leave redacted; absent where it can. */
  readonly unredacted?: string
  pieces(source: ExportSource): Iterable<string | Uint8Array>
}
