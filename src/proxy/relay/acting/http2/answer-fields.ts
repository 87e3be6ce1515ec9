import type { Header } from '../../../../model/exchange.ts'
import { checkField } from '../../../../rules/check-head.ts'
import { notIndexed, shortest } from '../../../../wire/http2/hpack/way.ts'
import type { FieldBlock } from './field-path.ts'

/** Fields of an answer that is not the server's own, which may have come over HTTP/1; a text where they may not be sent. */
export function answerFields(status: number, headers: readonly Header[]): FieldBlock | string {
  if (!Number.isInteger(status) || status < 200 || status > 999) return `the status ${status} is no final one`
  const named = new Set(headers.flatMap(([name, value]) => (name.toLowerCase() === 'connection' ? tokens(value) : [])))
  const fields: Header[] = [[':status', String(status)]]
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (lower.startsWith(':') || ofConnection.has(lower) || named.has(lower)) continue
    const wrong = checkField(lower, value, true)
    if (wrong) return wrong
    fields.push([lower, value])
  }
  return { fields, ways: new Uint8Array(fields.length).fill(notIndexed | shortest) }
}

/** RFC 9113 8.2.2: what is about the connection that the answer came over. */
const ofConnection = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'],
  'te',
])

const tokens = (value: string): string[] => value.split(',').map(token => token.trim().toLowerCase())
