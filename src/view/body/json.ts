import { printableLines } from '../printable.ts'
import { textOf } from './charset.ts'
import { layOutJson } from './json-layout.ts'
import { type BodyLine, note, Outline, plainLines } from './outline.ts'
import { isCut, type Render } from './renderer.ts'

const isJsonType = (type: string): boolean => /^(application|text)\/json$|\+json$/.test(type)
// What servers put before JSON so that a script tag cannot run it.
const guard = /^\s*(?:\)\]\}'?,?|for\s*\(;;\);|while\s*\(1\);)\s*/

/** JSON, pretty and foldable. Where it breaks off, the rest stands below as it is. */
export const renderJson: Render = (input, { maxLines }) => {
  const whole = textOf(input)
  const guarded = guard.exec(whole.slice(0, 40))?.[0] ?? ''
  const text = whole.slice(guarded.length)
  const outline = new Outline(maxLines)
  if (guarded !== '') outline.line([{ text: guarded.trim(), tone: 'dim' }])
  const stop = layOutJson(text, outline)
  if (!stop) return outline.finish()
  const cut = stop.at === text.length && isCut(input)
  if (!cut && !isJsonType(input.mediaType)) return undefined
  const lines = outline.finish()
  if (cut) return lines
  return [
    note(`not JSON at character ${stop.at + guarded.length}: ${stop.problem}`, 'bad'),
    ...lines,
    ...rest(text, stop.at, maxLines - lines.length),
  ]
}

const rest = (text: string, at: number, maxLines: number): readonly BodyLine[] =>
  at >= text.length || maxLines <= 0 ? [] : plainLines(printableLines(text.slice(at)), maxLines)

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
