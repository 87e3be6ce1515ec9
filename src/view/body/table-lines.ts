import { printable } from '../printable.ts'
import { pad, width } from '../width.ts'
import { textOf } from './charset.ts'
import { type BodyLine, Outline } from './outline.ts'
import type { Render } from './renderer.ts'

const widestName = 32

/** Names and values in two columns; not yet printable. Names longer than 32 columns push their value along. */
export function tableLines(
  pairs: readonly (readonly [name: string, value: string])[],
  maxLines: number,
): readonly BodyLine[] {
  const outline = new Outline(maxLines)
  const safe = pairs.slice(0, maxLines).map(([name, value]) => [printable(name), value] as const)
  const columns = safe.reduce((most, [name]) => Math.max(most, Math.min(widestName, width(name))), 0)
  for (const [name, value] of safe) {
    const label = width(name) < columns ? pad(name, columns) : name
    outline.line([{ text: label, tone: 'name' }, { text: ' = ', tone: 'dim' }, { text: value }])
  }
  for (let left = pairs.length - safe.length; left > 0; left--) outline.line('')
  return outline.finish()
}

/** application/x-www-form-urlencoded: one name and value a line, decoded. */
export const renderForm: Render = (input, { maxLines }) =>
  tableLines([...new URLSearchParams(textOf(input).trim())], maxLines)
