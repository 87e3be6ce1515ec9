import { visibleLines } from '../../view/body/fold.ts'
import type { BodyLine, BodySpan, SpanTone } from '../../view/body/outline.ts'
import { chopLine, type Line, line, type Span, span, type Tone } from '../line.ts'

/** A row of a flow's document. */
export interface DocumentRow {
  readonly line: Line
  /** The fold that opens here, or else the one that the row stands in: what a toggle turns. */
  readonly fold?: string
  /** Whether the row is where that fold opens. */
  readonly opens?: boolean
}

export const plainRow = (spans: Line): DocumentRow => ({ line: spans })

const tones: Readonly<Record<SpanTone, Tone>> = {
  name: 'accent',
  string: 'good',
  number: 'warn',
  word: 'key',
  dim: 'dim',
  bold: 'bold',
  bad: 'bad',
}

const leastText = 20 // columns that are left to text, however deep it stands

/**
 * Lines that fold, as rows of at most `columns`. `flipped` has the keys of the folds that are not as they are at first:
 * open. A key is the section's name and the line's path, so that it holds when a body that grows is drawn again.
 */
export function foldingRows(
  section: string,
  lines: readonly BodyLine[],
  flipped: ReadonlySet<string>,
  columns: number,
): readonly DocumentRow[] {
  const keyOf = (index: number): string => `${section} ${lines[index]!.path ?? index}`
  const folded = new Set<number>()
  for (const [index, each] of lines.entries()) if (each.fold && flipped.has(keyOf(index))) folded.add(index)
  const open: number[] = []
  return visibleLines(lines, folded).flatMap(({ index, line: shown, folded: isFolded }) => {
    while (open.length > 0 && index > open.at(-1)! + lines[open.at(-1)!]!.fold!.lines) open.pop()
    if (shown.fold) open.push(index)
    const around = open.at(-1)
    const indent = '  '.repeat(shown.depth).slice(0, Math.max(0, columns - leastText))
    const sign = shown.fold ? (isFolded ? '▸ ' : '▾ ') : '  '
    const pieces = chopLine((shown.spans ?? [{ text: shown.text }]).map(asSpan), columns - indent.length - 3)
    return pieces.map((piece, i) => ({
      line: line(span(` ${indent}${i === 0 ? sign : '  '}`, 'dim'), ...piece),
      ...(around !== undefined && { fold: keyOf(around), opens: i === 0 && around === index }),
    }))
  })
}

const asSpan = ({ text, tone, fg, bg }: BodySpan): Span => ({
  text,
  ...(tone && { tone: tones[tone] }),
  ...(fg && { fg }),
  ...(bg && { bg }),
})
