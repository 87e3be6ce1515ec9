import { Outline } from './body/outline.ts'
import type { Render } from './body/renderer.ts'
import { printable } from './printable.ts'

const mostShown = 120

/** Newline-delimited JSON, whole or still coming: a foldable line for each value; what is no JSON is said to be none. */
export const renderNdjson: Render = ({ bytes }, { maxLines, nested }) => {
  const text = new TextDecoder().decode(bytes)
  const outline = new Outline(maxLines)
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    // A JSON text sequence (RFC 7464) begins each value with RS.
    const value = line.startsWith('\x1e') ? line.slice(1) : line
    if (outline.full) outline.line('')
    else if (isJson(value)) {
      const drawn = nested(new TextEncoder().encode(value), [['content-type', 'application/json']], 200)
      outline.open([{ text: `#${index + 1} `, tone: 'dim' }, { text: cut(value) }])
      if (drawn.length > 1) outline.add(drawn)
      outline.close()
    } else {
      const partly = index === lines.length - 1 ? 'still coming' : 'no JSON'
      outline.line([{ text: `#${index + 1} ${partly}: `, tone: 'bad' }, { text: cut(value) }])
    }
  }
  return outline.finish()
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const cut = (text: string): string => printable(text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`)
