import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { base64, bodyText, hasHeader, mostInlineBytes, sentHeaders, urlOf } from './request.ts'
import { shellQuote, shellQuoteText } from './shell-quote.ts'

/**
 * A curl command that sends the request again. A body that is not text comes in through a pipe; one over 64 KB is
 * named as a file that has to be saved first.
 */
export const curl: CopyFormat = {
  key: 'curl',
  name: 'curl command',
  side: 'request',
  copy(exchange, body) {
    const { method } = exchange.request.head
    const headers = sentHeaders(exchange)
    const address = urlOf(exchange)
    const { before, words: data } = dataOf(body)
    const implied = method === (data.length > 0 ? 'POST' : 'GET')
    const words = [
      'curl',
      ...(implied ? [] : method === 'HEAD' && data.length === 0 ? ['--head'] : ['-X', shellQuote(method)]),
      ...(/[[\]{}]/.test(address) ? ['--globoff'] : []),
      ...(/\/\.\.?(?:[/?#]|$)/.test(address) ? ['--path-as-is'] : []),
      ...headers.flatMap(header => ['-H', shellQuote(headerText(header))]),
      // curl would say that any data is a form.
      ...(data.length > 0 && !hasHeader(headers, 'content-type') ? ['-H', "'content-type:'"] : []),
      ...(hasHeader(headers, 'accept-encoding') ? ['--compressed'] : []),
      ...data,
      '--url',
      shellQuote(address),
    ]
    return before + words.join(' ')
  },
}

/** curl sends a header without a value only where a semicolon stands in place of the colon. */
const headerText = ([name, value]: Header): string => (value === '' ? `${name};` : `${name}: ${value}`)

/** `--data-raw` takes an `@` as it is, `--data-binary @-` takes bytes that no argument can hold. */
function dataOf(body: Uint8Array): { readonly before: string; readonly words: readonly string[] } {
  if (body.length === 0) return { before: '', words: [] }
  if (body.length > mostInlineBytes)
    return {
      before: `: 'save the body (${body.length} bytes) as request-body.bin'; `,
      words: ['--data-binary', '@request-body.bin'],
    }
  const text = bodyText(body)
  if (text !== undefined) return { before: '', words: ['--data-raw', shellQuoteText(text)] }
  return { before: `printf %s ${base64(body)} | base64 -d | `, words: ['--data-binary', '@-'] }
}
