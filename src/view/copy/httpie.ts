import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { base64, bodyText, hasHeader, mostInlineBytes, sentHeaders, urlOf } from './request.ts'
import { shellQuote, shellQuoteText } from './shell-quote.ts'

/** An HTTPie command; bodies as in the curl command. A header that it cannot send is named before it. */
export const httpie: CopyFormat = {
  key: 'httpie',
  name: 'HTTPie command',
  side: 'request',
  copy(exchange, body) {
    const { before, option } = dataOf(body)
    const headers = sentHeaders(exchange)
    const address = urlOf(exchange)
    const words = [
      'http',
      ...option,
      ...(/\/\.\.?(?:[/?#]|$)/.test(address) ? ['--path-as-is'] : []),
      '--', // a method or header that begins with a hyphen is no option
      shellQuote(exchange.request.head.method),
      shellQuote(address),
      ...headers.filter(fits).map(header => shellQuote(item(header))),
      ...(body.length > 0 && !hasHeader(headers, 'content-type') ? ['Content-Type:'] : []), // else it says JSON
    ]
    const without = headers
      .filter(header => !fits(header))
      .map(([name]) => `: ${shellQuote(`without ${name}: HTTPie cannot send its value`)}; `)
    return without.join('') + before + words.join(' ')
  },
}

/** Values are UTF-8 to HTTPie, and a backslash before a separator is gone. */
const fits = ([, value]: Header): boolean =>
  bodyText(Buffer.from(value, 'latin1')) !== undefined && !/\\[:;=@]/.test(value)

/** HTTPie reads `name:@file` and `name:=json` too, so a value that begins with `@` or `=` gets a backslash. */
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
