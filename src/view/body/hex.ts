import { hexLines } from '../hex-lines.ts'
import { firstLines, type Render } from './renderer.ts'

/** The body as bytes: offset, hex, ASCII. */
export const renderHex: Render = ({ bytes }, maxLines) => {
  const shown = bytes.subarray(0, (maxLines + 1) * 16)
  const lines = hexLines(shown).map(line => line.text)
  const left = Math.ceil(bytes.length / 16) - lines.length
  return left > 0 || lines.length > maxLines
    ? [...lines.slice(0, Math.max(0, maxLines - 1)), `… ${bytes.length} bytes in all`]
    : firstLines(lines, maxLines)
}
