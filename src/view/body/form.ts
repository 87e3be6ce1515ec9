import { printable } from '../printable.ts'
import { firstLines, type Render, textOf } from './renderer.ts'

/** application/x-www-form-urlencoded: one name and value a line, decoded. */
export const renderForm: Render = (input, maxLines) => {
  const pairs = [...new URLSearchParams(textOf(input).trim())]
  return firstLines(
    pairs.map(([name, value]) => `${printable(name)} = ${printable(value)}`),
    maxLines,
  )
}
