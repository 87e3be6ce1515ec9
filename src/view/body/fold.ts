import type { BodyLine } from './outline.ts'

/** A line on the screen and its place among all lines. */
export interface VisibleLine {
  readonly index: number
  readonly line: BodyLine
  readonly folded: boolean
}

/** The lines that are left when those with an index in `folded` are folded. A folded line says its folded text. */
export function visibleLines(lines: readonly BodyLine[], folded: ReadonlySet<number>): readonly VisibleLine[] {
  const visible: VisibleLine[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    if (line.fold && folded.has(index)) {
      const { spans: _, ...rest } = line
      visible.push({ index, line: { ...rest, text: line.fold.text }, folded: true })
      index += line.fold.lines
    } else visible.push({ index, line, folded: false })
  }
  return visible
}

/** The line as one text, indented. */
export const indented = ({ text, depth }: BodyLine): string => '  '.repeat(depth) + text
