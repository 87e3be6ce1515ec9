import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { base64, bodyText, mostInlineBytes, sentHeaders, urlOf } from './request.ts'
import { shellQuote, shellQuoteText } from './shell-quote.ts'

/** An HTTPie command; bodies as in the curl command. */
export const httpie: CopyFormat = {
  key: 'httpie',
  name: 'HTTPie command',
  side: 'request',
  copy(exchange, body) {
    const { before, option } = dataOf(body)
    const words = [
      'http',
      ...option,
      '--', // a method or header that begins with a hyphen is no option
      shellQuote(exchange.request.head.method),
      shellQuote(urlOf(exchange)),
      ...sentHeaders(exchange).map(header => shellQuote(item(header))),
    ]
    return before + words.join(' ')
  },
}

/**
 * HTTPie reads `name:@file` and `name:=json` too, so a value that begins with `@` or `=` gets a backslash. A backslash
 * of the value before a separator cannot be written.
 */
const item = ([name, value]: Header): string =>
  value === '' ? `${name};` : `${name}:${/^[@=]/.test(value) ? '\\' : ''}${value}`

function dataOf(body: Uint8Array): { readonly before: string; readonly option: readonly string[] } {
  if (body.length === 0) return { before: '', option: ['--ignore-stdin'] }
  if (body.length > mostInlineBytes) {
    const before = `: 'save the body (${body.length} bytes) as request-body.bin'; cat request-body.bin | `
    return { before, option: [] }
  }
  const text = bodyText(body)
  return text === undefined
    ? { before: `printf %s ${base64(body)} | base64 -d | `, option: [] }
    : { before: '', option: ['--ignore-stdin', `--raw=${shellQuoteText(text)}`] }
}
