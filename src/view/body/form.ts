import { textOf } from './charset.ts'
import type { Render } from './renderer.ts'
import { tableLines } from './table-lines.ts'

/** application/x-www-form-urlencoded: one name and value a line, decoded. */
export const renderForm: Render = (input, { maxLines }) =>
  tableLines([...new URLSearchParams(textOf(input).trim())], maxLines)
