import { fontFacts, readable } from '../../formats/font/facts.ts'
import { fontTables } from '../../formats/font/tables.ts'
import { formatBytes } from '../format.ts'
import { note } from './outline.ts'
import type { Render } from './renderer.ts'
import { tableLines } from './table-lines.ts'

/** Format, names and glyph count of a font. */
export const renderFont: Render = ({ bytes, wholeLength = bytes.length }, { maxLines, allowance }) => {
  const tables = readable(() => fontTables(bytes, allowance))
  if (tables === undefined) return undefined
  const title = note(`${tables.format} font, ${tables.count} tables, ${formatBytes(wholeLength)}`, 'bold')
  return [title, ...tableLines(fontFacts(tables), Math.max(1, maxLines - 1))]
}
