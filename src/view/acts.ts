import type { Act } from '../model/act.ts'
import type { Acted } from '../model/acted.ts'
import type { Exchange, Side } from '../model/exchange.ts'
import { printable } from './printable.ts'

/** Each act in a printable sentence: `acted on by breakpoint: changed the body`. */
export const actTexts = (acts: readonly Act[]): readonly string[] =>
  acts.map(({ by, did }) => printable(`acted on by ${by}${did === '' ? '' : `: ${did}`}`))

/** What was done to one message, or to the exchange as a whole. An answer of Parley's own comes of what was done before. */
export const actsOn = ({ acts = [], server }: Exchange, side: Side): readonly Act[] =>
  acts.filter(act => act.side === undefined || act.side === side || (side === 'response' && server === 'not-asked'))

/** What stands behind a status where a rule or a person acted on the flow. */
export const actedSigns: Readonly<Record<Acted, string>> = { changed: '✎', answered: '◆' }

/** Empty where nobody acted on the flow. */
export const actedSign = (acted: Acted | undefined): string => (acted ? actedSigns[acted] : '')
