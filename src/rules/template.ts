import { decodeBody } from '../formats/decode.ts'
import type { RequestDraft } from './actions/action.ts'
import { firstValue, valuesOf } from './head/with-header.ts'
import { queryValue } from './query.ts'

/**
 * A text with parts of the request in it: `{method}`, `{scheme}`, `{host}`, `{path}` (without query), `{query.NAME}`,
 * `{header.NAME}`, `{body}`. Other braces stand for themselves. What the request does not have is empty.
 */
export interface Template {
  readonly asksBody: boolean
  fill(request: Pick<RequestDraft, 'sent' | 'body'>): string
}

const place = /\{(method|scheme|host|path|body|query\.[^{}\s]{1,100}|header\.[^{}\s]{1,100})\}/g

export function readTemplate(text: string): Template {
  const parts = text.split(place) // texts and places in turn
  return {
    asksBody: parts.some((part, index) => index % 2 === 1 && part === 'body'),
    fill: request => parts.map((part, index) => (index % 2 === 1 ? valueAt(part, request) : part)).join(''),
  }
}

function valueAt(name: string, { sent, body }: Pick<RequestDraft, 'sent' | 'body'>): string {
  const [path = ''] = sent.path.split('?')
  switch (name) {
    case 'method':
      return sent.method
    case 'scheme':
      return sent.scheme
    case 'host':
      return sent.authority
    case 'path':
      return path
    case 'body':
      return body ? textOf(body, valuesOf(sent, 'content-encoding').join(',')) : ''
    default: {
      const [kind, of] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
      return (kind === 'query' ? queryValue(sent.path, of) : firstValue(sent, of)) ?? ''
    }
  }
}

const textOf = (body: Uint8Array, coding: string): string =>
  Buffer.from(decodeBody(body, coding, { maxBytes: 8 * 1024 * 1024 }).bytes).toString()
