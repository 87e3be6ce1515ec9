import { textOf } from './charset.ts'
import { layOutMarkup } from './markup-layout.ts'
import { Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** XML with a line for every tag, indented by nesting; broken XML as far as its tags go. */
export const renderXml: Render = (input, { maxLines }) => {
  const text = textOf(input)
  if (!/^\s*</.test(text)) return undefined
  const outline = new Outline(maxLines)
  layOutMarkup(text, false, outline)
  return outline.finish()
}
