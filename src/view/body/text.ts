import { printableLines } from '../printable.ts'
import { readText } from './charset.ts'
import { note, plainLines } from './outline.ts'
import type { Render } from './renderer.ts'

/** The body as text in its charset, line by line. A charset other than UTF-8 is named. */
export const renderText: Render = (input, { maxLines }) => {
  const { text, charset } = readText(input)
  const lines = plainLines(printableLines(text), maxLines)
  return charset === 'utf-8' ? lines : [note(`text in ${charset}`), ...lines]
}
