import { escapeHtml } from '../escape-html.ts'

/** HTML that may stand in HTML as it is. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | Markup | readonly Markup[]

/** A template of HTML: every text that is put in is escaped, and nothing but Markup goes in as it is. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(String.raw({ raw: parts }, ...values.map(written)))

const written = (value: Value): string => {
  if (value instanceof Markup) return value.text
  return typeof value === 'object' ? value.map(({ text }) => text).join('\n') : escapeHtml(String(value))
}
