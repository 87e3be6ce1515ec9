import type { CopyFormat } from './format.ts'
import { joinedHeaders, mostInlineBytes, urlOf } from './request.ts'

/** A call of Python's requests. */
export const python: CopyFormat = {
  key: 'python',
  name: 'Python (requests)',
  side: 'request',
  copy(exchange, body) {
    const headers = joinedHeaders(exchange)
    const lines = [
      `    ${literal(exchange.request.head.method)},`,
      `    ${literal(urlOf(exchange))},`,
      ...(headers.length === 0
        ? []
        : [
            '    headers={',
            ...headers.map(([name, value]) => `        ${literal(name)}: ${literal(value)},`),
            '    },',
          ]),
      ...(body.length === 0 ? [] : [`    data=${bodyOf(body)},`]),
      '    allow_redirects=False,',
    ]
    const saved =
      body.length > mostInlineBytes ? `# save the body (${body.length} bytes) as request-body.bin first\n` : ''
    return `${saved}import requests\n\nresponse = requests.request(\n${lines.join('\n')}\n)`
  },
}

/** A str of the same characters: requests writes headers in Latin-1, as they came. */
const literal = (latin1: string): string => `'${latin1.replace(/[^\x20-\x7e]|['\\]/g, escaped)}'`

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

const bodyOf = (body: Uint8Array): string =>
  body.length > mostInlineBytes
    ? `open('request-body.bin', 'rb')`
    : `b${literal(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'))}`
