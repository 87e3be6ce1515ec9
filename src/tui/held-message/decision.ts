import type { Header } from '../../model/exchange.ts'
import type { Decision, Held } from '../../model/held.ts'
import { encodedBody } from './body.ts'
import { type Draft, isRefused, type Refused, refuse } from './draft.ts'
import { fromTyped } from './typed.ts'

/** How the message goes on with what was changed, or why it may not. */
export function decisionOf(held: Held, draft: Draft): Decision | Refused {
  const body = encodedBody(held, draft)
  if (body && isRefused(body)) return body
  const { request, response } = draft
  if (!request && !response && !body) return { type: 'pass' }
  return { type: 'change', ...(request && { request }), ...(response && { response }), ...(body && { body }) }
}

/** What a person answers in the server's place: a status, and after a blank the body. */
export function answerOf(text: string): Decision | Refused {
  const [, digits, body = ''] = /^(\d{3})(?: (.*))?$/s.exec(text.trimStart()) ?? []
  const status = Number(digits)
  if (digits === undefined || status < 200)
    return refuse('an answer is a status from 200 to 999, and a text: 404 not here')
  const bytes = Buffer.from(body, 'utf8')
  const headers: readonly Header[] = body === '' ? [] : [['content-type', typeOf(body)]]
  return { type: 'answer', status, headers, body: bytes }
}

function typeOf(body: string): string {
  if (/^\s*</.test(body)) return 'text/html; charset=utf-8'
  try {
    JSON.parse(body)
    return 'application/json'
  } catch {
    return 'text/plain; charset=utf-8'
  }
}

/** `name: value` as it was typed. */
export function headerTyped(text: string): Header | Refused {
  const colon = text.indexOf(':', 1)
  if (colon < 0) return refuse('a header is NAME: VALUE')
  return [text.slice(0, colon).trim(), fromTyped(text.slice(colon + 1).trim())]
}
