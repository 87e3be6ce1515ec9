import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import { headLines, sentHead } from '../head-text.ts'
import type { CopyFormat } from './format.ts'
import { pasteable, pasteableLine } from './pasteable.ts'

/** The request as it was sent: start line, headers, body. HTTP/2 has its pseudo-headers as lines. */
export const rawRequest: CopyFormat = {
  key: 'raw-request',
  name: 'raw request',
  side: 'request',
  copy: ({ request }, body) => cleaned(request.head, body),
}

/** The response as it was sent; empty where there is none. */
export const rawResponse: CopyFormat = {
  key: 'raw-response',
  name: 'raw response',
  side: 'response',
  copy: ({ response }, body) => (response ? cleaned(response.head, body) : ''),
}

/** With every space, line end and control character as it came. */
export const exactRequest: CopyFormat = {
  key: 'exact-request',
  name: 'exact request',
  side: 'request',
  copy: ({ request }, body) => exact(request.head, body),
}

export const exactResponse: CopyFormat = {
  key: 'exact-response',
  name: 'exact response',
  side: 'response',
  copy: ({ response }, body) => (response ? exact(response.head, body) : ''),
}

const cleaned = (head: RequestHead | ResponseHead, body: Uint8Array): string =>
  `${headLines(head)
    .map(line => `${pasteableLine(ofHead(line))}\r\n`)
    .join('')}\r\n${pasteable(utf8(body))}`

const exact = (head: RequestHead | ResponseHead, body: Uint8Array): string => ofHead(sentHead(head)) + utf8(body)

const ofHead = (latin1: string): string => utf8(Buffer.from(latin1, 'latin1'))

/** Bytes that are no UTF-8 become U+FFFD: a clipboard holds text. */
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
