import { jsonText } from '../printable.ts'
import type { CopyFormat } from './format.ts'
import { base64, bodyText, joinedHeaders, mostInlineBytes, urlOf } from './request.ts'

/** A call of `fetch` in JavaScript. */
export const fetchCall: CopyFormat = {
  key: 'fetch',
  name: 'fetch (JavaScript)',
  side: 'request',
  copy(exchange, body) {
    const { method } = exchange.request.head
    const headers = joinedHeaders(exchange)
    const bodiless = method === 'GET' || method === 'HEAD'
    const lines = [
      `  method: ${jsonText(method)},`,
      ...(headers.length === 0
        ? []
        : ['  headers: {', ...headers.map(([name, value]) => `    ${jsonText(name)}: ${jsonText(value)},`), '  },']),
      ...(body.length === 0
        ? []
        : [bodiless ? '  // fetch sends no body with this method' : `  body: ${bodyOf(body)},`]),
      "  redirect: 'manual',",
    ]
    return `await fetch(${jsonText(urlOf(exchange))}, {\n${lines.join('\n')}\n})`
  },
}

function bodyOf(body: Uint8Array): string {
  if (body.length > mostInlineBytes)
    return `await (await import('node:fs/promises')).readFile('request-body.bin') /* save ${body.length} bytes there first */`
  const text = bodyText(body)
  return text === undefined ? `Uint8Array.from(atob(${jsonText(base64(body))}), c => c.charCodeAt(0))` : jsonText(text)
}
