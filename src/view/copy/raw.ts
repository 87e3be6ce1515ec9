import type { Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'

/** The request as it was sent: start line, headers as they stood, body. HTTP/2 has its pseudo-headers as lines. */
export const rawRequest: CopyFormat = {
  key: 'raw-request',
  name: 'raw request',
  side: 'request',
  copy({ request: { head } }, body) {
    const start = head.version === 'HTTP/2' ? '' : `${head.method} ${head.target} ${head.version}\r\n`
    return message(start, head.headers, body)
  },
}

/** The response as it was sent; empty where there is none. */
export const rawResponse: CopyFormat = {
  key: 'raw-response',
  name: 'raw response',
  side: 'response',
  copy({ response }, body) {
    if (!response) return ''
    const { version, status, reason, headers } = response.head
    return message(version === 'HTTP/2' ? '' : `${version} ${status} ${reason}\r\n`, headers, body)
  },
}

/** Bytes that are no UTF-8 become U+FFFD: a clipboard holds text. */
function message(start: string, headers: readonly Header[], body: Uint8Array): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = Buffer.from(`${start}${lines}\r\n`, 'latin1')
  return Buffer.concat([head, body]).toString('utf8')
}
