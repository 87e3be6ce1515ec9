import type { Exchange, Header } from '../../model/exchange.ts'
import type { CopyFormat } from './format.ts'
import { pasteable, pasteableLine } from './pasteable.ts'

type Clean = { readonly line: (text: string) => string; readonly body: (text: string) => string }
const cleaned: Clean = { line: pasteableLine, body: pasteable }
const exact: Clean = { line: text => text, body: text => text }

/** The request as it was sent: start line, headers as they stood, body. HTTP/2 has its pseudo-headers as lines. */
export const rawRequest: CopyFormat = {
  key: 'raw-request',
  name: 'raw request',
  side: 'request',
  copy: (exchange, body) => requestOf(exchange, body, cleaned),
}

/** The response as it was sent; empty where there is none. */
export const rawResponse: CopyFormat = {
  key: 'raw-response',
  name: 'raw response',
  side: 'response',
  copy: (exchange, body) => responseOf(exchange, body, cleaned),
}

/** With every control character as it came. */
export const exactRequest: CopyFormat = {
  key: 'exact-request',
  name: 'exact request',
  side: 'request',
  copy: (exchange, body) => requestOf(exchange, body, exact),
}

export const exactResponse: CopyFormat = {
  key: 'exact-response',
  name: 'exact response',
  side: 'response',
  copy: (exchange, body) => responseOf(exchange, body, exact),
}

function requestOf({ request: { head } }: Exchange, body: Uint8Array, clean: Clean): string {
  const start = `${head.method} ${head.target} ${head.version}`
  return message(head.version === 'HTTP/2' ? [] : [start], head.headers, body, clean)
}

function responseOf({ response }: Exchange, body: Uint8Array, clean: Clean): string {
  if (!response) return ''
  const { version, status, reason, headers } = response.head
  return message(version === 'HTTP/2' ? [] : [`${version} ${status} ${reason}`], headers, body, clean)
}

/** Bytes that are no UTF-8 become U+FFFD: a clipboard holds text. */
function message(
  start: readonly string[],
  headers: readonly Header[],
  body: Uint8Array,
  { line, body: ofBody }: Clean,
) {
  const lines = [...start, ...headers.map(([name, value]) => `${name}: ${value}`)]
  const head = lines.map(each => `${line(utf8(Buffer.from(each, 'latin1')))}\r\n`).join('')
  return `${head}\r\n${ofBody(utf8(body))}`
}

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
