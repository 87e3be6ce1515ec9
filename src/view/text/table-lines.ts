import { formatOffset } from '../format.ts'
import { markTone, paint, type Style, type Tone } from '../style.ts'
import type { Cell, Row, Table } from '../table.ts'
import { pad, width, wrap } from '../width.ts'

const leastForTwo = 100
const timeColumns = 6

interface TonedText {
  readonly text: string
  readonly tone?: Tone | undefined
}

/** A connection's table as lines: two columns, or one leg below the other where they do not fit. */
export function tableLines(table: Table, columns: number, style: Style): string[] {
  if (columns < leastForTwo)
    return [...legLines(table, 'client', columns, style), '', ...legLines(table, 'upstream', columns, style)]
  const half = Math.floor((columns - 3) / 2)
  const head = `${pad(table.client, half)} │ ${table.upstream}`
  return [paint(head, 'bold', style), ...table.rows.flatMap(row => rowLines(row, half, style))]
}

function rowLines({ client, upstream, mark }: Row, half: number, style: Style): string[] {
  const [left, right] = [cellLines(client, half), cellLines(upstream, half)]
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const marked = i === 0 && mark && mark !== '=' ? mark : undefined
    const separator = marked ? paint(marked, markTone(marked), style) : '│'
    return `${fitted(left[i], half, style, true)} ${separator} ${fitted(right[i], half, style)}`.trimEnd()
  })
}

function legLines(table: Table, leg: 'client' | 'upstream', columns: number, style: Style): string[] {
  const cells = table.rows.flatMap(row => row[leg] ?? [])
  const lines = cells.flatMap(cell => cellLines(cell, columns)).map(line => fitted(line, columns, style))
  return [paint(table[leg], 'bold', style), ...(lines.length > 0 ? lines : ['  nothing'])]
}

/** `36.2  ← {Certificate}  2 431 B`, and its facts indented below. */
function cellLines(cell: Cell | undefined, columns: number): TonedText[] {
  if (!cell) return []
  const at = pad(cell.at === undefined ? '' : formatOffset(cell.at), timeColumns)
  const head = [`${at}${cell.arrow ?? ' '} ${cell.title}`, cell.detail].filter(part => part !== '').join('  ')
  return [{ text: head, tone: cell.tone }, ...cell.facts.flatMap(fact => factLines(fact, columns))]
}

function factLines(fact: string, columns: number): TonedText[] {
  const indent = ' '.repeat(timeColumns + 2)
  const tone = toneOfFact(fact)
  return wrap(fact, columns - indent.length - 2).map((line, i) => ({
    text: `${indent}${i > 0 ? '  ' : ''}${line}`,
    tone,
  }))
}

const toneOfFact = (fact: string): Tone => (fact.startsWith('✗') ? 'bad' : fact.startsWith('~') ? 'warn' : 'dim')

/** The line cut to the column; filled up to it where another column follows. */
function fitted(line: TonedText | undefined, columns: number, style: Style, fill = false): string {
  const text = line?.text ?? ''
  const cut = pad(text, columns).trimEnd()
  return paint(cut, line?.tone, style) + (fill ? ' '.repeat(columns - width(cut)) : '')
}
