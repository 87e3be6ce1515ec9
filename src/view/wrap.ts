import { truncate, width } from './width.ts'

/** A printable text in lines of at most `columns`, broken between words; a word too long for a line is cut. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (width(longer) <= columns) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = truncate(word, columns)
  }
  return line === '' ? lines : [...lines, line]
}
