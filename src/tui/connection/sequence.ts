import type { LegName } from '../../model/party.ts'
import type { Cell, Table } from '../../view/table.ts'
import { pad, truncate, width } from '../../view/width.ts'
import { type Line, line, type Span, span, type Tone } from '../line.ts'

const timeColumns = 9
const leastGap = 24 // below this a title would be cut to nothing

interface Moment {
  readonly leg: LegName
  readonly cell: Cell
}

/** Both legs as one drawn sequence: three lifelines, an arrow a message, times since the client connected. */
export function sequenceLines({ rows }: Table, columns: number): readonly Line[] {
  const gap = Math.max(leastGap, Math.floor((columns - timeColumns - 4) / 2))
  const moments = rows
    .flatMap(row => (['client', 'upstream'] as const).flatMap(leg => (row[leg] ? [{ leg, cell: row[leg] }] : [])))
    .sort((a, b) => (a.cell.at ?? 0) - (b.cell.at ?? 0))
  const head = `${pad('ms', timeColumns - 2, 'left')}  client${pad('Parley', gap - 2, 'left')}${pad('server', gap + 1, 'left')}`
  return [line(span(head, 'dim')), ...moments.map(moment => momentLine(moment, gap))]
}

function momentLine({ leg, cell }: Moment, gap: number): Line {
  const at = cell.at === undefined ? '' : cell.at.toFixed(1)
  const life = span('│', 'dim')
  const empty = span(' '.repeat(gap))
  const drawn = arrowSpans(cell, gap)
  return line(
    span(`${pad(at, timeColumns - 2, 'left')}  `, 'dim'),
    life,
    ...(leg === 'client' ? drawn : [empty]),
    life,
    ...(leg === 'client' ? [empty] : drawn),
    life,
  )
}

/** `──ClientHello  517 B──────▶`, with TCP's relative numbers where there is room. */
function arrowSpans(cell: Cell, gap: number): readonly Span[] {
  const numbers = cell.facts.find(fact => fact.startsWith('Seq='))
  const told = [cell.title, cell.detail].filter(Boolean).join('  ')
  const label = numbers && width(told) + width(numbers) + 9 <= gap ? `${told}  ${numbers}` : told
  const text = truncate(label, gap - 6)
  const shaft = '─'.repeat(Math.max(0, gap - width(text) - 5))
  const tone = toneOf(cell)
  if (cell.arrow === '→') return [span('── ', tone), span(text, tone), span(` ${shaft}▶`, tone)]
  if (cell.arrow === '←') return [span(`◀${shaft} `, tone), span(text, tone), span(' ──', tone)]
  return [span(pad(` ${text}`, gap), cell.tone ?? 'dim')]
}

const toneOf = ({ tone, arrow }: Cell): Tone => (tone && tone !== 'dim' ? tone : arrow === '→' ? 'accent' : 'good')
