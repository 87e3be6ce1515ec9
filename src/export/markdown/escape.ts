import { printable } from '../../view/printable.ts'

const special = /[&<>@#|`*_[\]~\\!$]|:(?=\S)/g

/** A text that Markdown and its trackers take for nothing but text: no markup, no mention, no link. */
export const plain = (text: string): string =>
  printable(text).replace(special, character => `&#${character.charCodeAt(0)};`)

/** The same as code, for a line or a cell of a table; empty where the text is. */
export const code = (text: string): string => (text === '' ? '' : `<code>${plain(text)}</code>`)

/** A row of a table. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`

/** A table, or nothing where it has no rows. */
export function* table(head: readonly string[], rows: readonly (readonly string[])[]): Generator<string> {
  if (rows.length === 0) return
  yield `\n${row(...head)}${row(...head.map(() => '---'))}`
  for (const each of rows) yield row(...each)
}
