import { textOf } from './charset.ts'
import { layOutMarkup } from './markup-layout.ts'
import { Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** HTML with a line for every tag, indented by nesting; void elements and omitted end tags are understood. */
export const renderHtml: Render = (input, { maxLines }) => {
  const text = textOf(input)
  if (!text.includes('<')) return undefined
  const outline = new Outline(maxLines)
  layOutMarkup(text, true, outline)
  return outline.finish()
}
