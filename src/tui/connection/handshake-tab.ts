import type { LegName } from '../../model/party.ts'
import { formatOffset } from '../../view/format.ts'
import { markTone } from '../../view/style.ts'
import type { Cell, Row, Table } from '../../view/table.ts'
import { pad } from '../../view/width.ts'
import { blank, fill, type Line, line, over, proseOf, type Span, span, type Tone } from '../line.ts'
import { leastForFacts, leastForTwo } from '../shell/chrome.ts'

/** A cell and the lines that it takes. */
export interface Item {
  readonly leg: LegName
  /** Which cell of its leg. */
  readonly cell: number
  readonly row: Row
  /** Which row of the table. */
  readonly order: number
  readonly start: number
  readonly end: number
}

export interface HandshakeLayout {
  readonly pinned: readonly Line[]
  readonly lines: readonly Line[]
  /** In the order in which the cursor visits them. */
  readonly items: readonly Item[]
}

interface Place {
  readonly leg: LegName
  readonly cell: number
}

const timeColumns = 7
const briefTimeColumns = 5
const indent = ' '.repeat(timeColumns + 3)
const mostFactLines = 2

/** Both legs beside each other, without facts where there is little room, or one below the other where there is less. */
export const layHandshake = (table: Table, columns: number, at: Place): HandshakeLayout =>
  columns >= leastForTwo ? beside(table, columns, at) : stacked(table, columns, at)

function beside(table: Table, columns: number, at: Place): HandshakeLayout {
  const half = Math.floor((columns - 3) / 2)
  const brief = columns < leastForFacts
  const lines: Line[] = []
  const items: Item[] = []
  const count = { client: 0, upstream: 0 }
  for (const [order, row] of table.rows.entries()) {
    const drawn = (leg: LegName): readonly Line[] => {
      const cell = row[leg]
      return cell ? cellLines(cell, half, at.leg === leg && at.cell === count[leg], { brief }) : []
    }
    const [left, right] = [drawn('client'), drawn('upstream')]
    const start = lines.length
    for (let i = 0; i < Math.max(left.length, right.length); i++)
      lines.push([...fill(left[i] ?? blank, half), ...separator(row, i), ...fill(right[i] ?? blank, half)])
    for (const [leg, drawnLines] of [
      ['client', left],
      ['upstream', right],
    ] as const)
      if (row[leg]) items.push({ leg, cell: count[leg]++, row, order, start, end: start + drawnLines.length })
  }
  const pinned = [
    line(
      span(
        fill([{ text: ` ${table.client}` }], half)
          .map(s => s.text)
          .join(''),
        'bold',
      ),
      span(' │ ', 'dim'),
      span(` ${table.upstream}`, 'bold'),
    ),
  ]
  return { pinned, lines, items }
}

function separator(row: Row, line: number): readonly Span[] {
  const marked = line === 0 && row.mark && row.mark !== '='
  return marked ? [span(' '), span(row.mark!, markTone(row.mark!)), span(' ')] : [span(' │ ', 'dim')]
}

function stacked(table: Table, columns: number, at: Place): HandshakeLayout {
  const lines: Line[] = []
  const items: Item[] = []
  for (const leg of ['client', 'upstream'] as const) {
    if (lines.length > 0) lines.push(blank)
    lines.push(line(span(` ${table[leg]}`, 'bold')))
    const cells = table.rows.flatMap((row, order) => (row[leg] ? [{ row, order, cell: row[leg] }] : []))
    if (cells.length === 0) lines.push(line(span('   nothing', 'dim')))
    for (const [index, { row, order, cell }] of cells.entries()) {
      const start = lines.length
      const mark = leg === 'client' && row.mark && row.mark !== '=' ? row.mark : undefined
      lines.push(...cellLines(cell, columns, at.leg === leg && at.cell === index, { mark }))
      items.push({ leg, cell: index, row, order, start, end: lines.length })
    }
  }
  return { pinned: [], lines, items }
}

interface Looks {
  /** The head alone. */
  readonly brief?: boolean
  readonly mark?: Row['mark']
}

/** `▸  37.9 ← {Certificate}  2 431 B`, and its facts below. */
function cellLines(cell: Cell, columns: number, selected: boolean, { brief = false, mark }: Looks): readonly Line[] {
  const time = cell.at === undefined ? '' : formatOffset(cell.at)
  const head = line(
    span(selected ? '▸' : ' ', 'accent'),
    span(`${pad(time, brief ? briefTimeColumns : timeColumns, 'left')} `, 'dim'),
    span(`${cell.arrow ?? ' '} `, cell.arrow === '→' ? 'accent' : 'good'),
    span(cell.title, cell.tone ?? (cell.message ? 'bold' : undefined)),
    span(cell.detail === '' ? '' : `  ${cell.detail}`, 'dim'),
    ...(mark ? [span(`  ${mark}`, markTone(mark))] : []),
  )
  if (brief) return [selected ? over(fill(head, columns), 'selected') : head]
  const facts = cell.facts.flatMap(fact =>
    proseOf(fact, Math.max(8, columns - indent.length), mostFactLines).map(text =>
      line(indent, span(text, factTone(fact))),
    ),
  )
  return [selected ? over(fill(head, columns), 'selected') : head, ...facts]
}

export const factTone = (fact: string): Tone | undefined =>
  fact.startsWith('✗') ? 'bad' : fact.startsWith('~') ? 'warn' : fact.startsWith('Seq=') ? 'dim' : undefined
