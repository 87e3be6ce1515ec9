import { textOf } from './charset.ts'
import { layOutJson } from './json-layout.ts'
import { Outline } from './outline.ts'
import { isCut, type Render } from './renderer.ts'

/**
 * One JSON value a line (NDJSON, JSON Lines; RFC 7464 with its record separators), each laid out under its number.
 * Undefined where no line is JSON.
 */
export const renderNdjson: Render = (input, { maxLines }) => {
  const texts = textOf(input).split(/\r?\n|\x1e/)
  const outline = new Outline(maxLines)
  let values = 0
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') continue
    const stop = layOutJson(text, outline, [{ text: `${index + 1}  `, tone: 'dim' }])
    if (!stop) values++
    else if (index < texts.length - 1 || !isCut(input)) {
      if (values === 0) return undefined
      outline.line([{ text: `line ${index + 1} is not JSON: ${stop.problem}`, tone: 'bad' }])
      outline.line(text.slice(stop.at))
    }
  }
  return values > 0 ? outline.finish() : undefined
}
