import { hexLines } from '../hex-lines.ts'
import { note } from './outline.ts'
import type { Render } from './renderer.ts'

/** The body as bytes: offset, hex, ASCII. */
export const renderHex: Render = ({ bytes }, { maxLines }) => {
  const left = Math.ceil(bytes.length / 16) > maxLines
  const shown = bytes.subarray(0, (left ? Math.max(0, maxLines - 1) : maxLines) * 16)
  const lines = hexLines(shown).map(({ text }) => ({ text, depth: 0 }))
  return left ? [...lines, note(`… ${bytes.length} bytes in all`)] : lines
}
