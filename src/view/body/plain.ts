import { hexLines } from '../hex-lines.ts'
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

/** The body as bytes: offset, hex, ASCII. */
export const renderHex: Render = ({ bytes }, { maxLines }) => {
  const left = Math.ceil(bytes.length / 16) > maxLines
  const shown = bytes.subarray(0, (left ? Math.max(0, maxLines - 1) : maxLines) * 16)
  const lines = hexLines(shown).map(({ text }) => ({ text, depth: 0 }))
  return left ? [...lines, note(`… ${bytes.length} bytes in all`)] : lines
}
