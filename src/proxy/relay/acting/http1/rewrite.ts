import type { RequestHead, ResponseHead } from '../../../../model/exchange.ts'
import { type Framing, hasToken } from '../../../../wire/http1/framing.ts'
import { isToken } from '../../../../wire/http1/token.ts'
import { writeHead } from '../../../../wire/http1/write-head.ts'
import { flawIn, isText, type Reframed, reframe } from './reframe.ts'

/** A head as it goes on. */
export interface Rewritten<Head> {
  readonly bytes: Uint8Array
  readonly head: Head
  readonly framed: Reframed
}

interface Asked<Head> {
  /** As it came, and its text. */
  readonly before: Head
  readonly text: string
  readonly framing: Framing
  /** As the person wants it. */
  readonly head: Head
  /** Bytes of the new body, where there is one. */
  readonly length: number | undefined
}

/** A request's head as a verdict wants it; in words, what may not be sent of it. */
export function rewriteRequest(asked: Asked<RequestHead>): Rewritten<RequestHead> | string {
  const { before, head, text, framing, length } = asked
  const target = targetOf(before, head)
  const flaw = flawIn(head.headers, before.headers)
  if (flaw) return flaw
  if (!isToken(head.method)) return `the method ${JSON.stringify(head.method)}`
  const isSame = target === before.target && head.method === before.method
  if (!isSame && !isTarget(target)) return `the target ${JSON.stringify(target.slice(0, 60))}`
  const framed = reframe({
    before: before.headers,
    framing,
    headers: head.headers,
    ...(length === undefined ? {} : { length }),
    isRequest: true,
  })
  const start = isSame ? undefined : `${head.method} ${target} ${before.version}`
  const bytes = Buffer.from(writeHead(text, before.raw !== undefined, start, framed.headers), 'latin1')
  const { raw: _, ...plain } = head
  return { bytes, head: { ...plain, target, version: before.version, headers: framed.headers }, framed }
}

/** Somebody who edits the URL may say so by its path alone. */
function targetOf(before: RequestHead, head: RequestHead): string {
  if (head.target !== before.target) return head.target
  const isUrl = head.target.includes('://') && !head.target.startsWith('/')
  if (!isUrl) return head.path === before.path ? head.target : head.path
  const isSame = head.path === before.path && head.authority === before.authority
  return isSame ? head.target : `${head.scheme}://${head.authority}${head.path}`
}

function isTarget(target: string): boolean {
  for (let i = 0; i < target.length; i++) {
    const code = target.charCodeAt(i)
    if (code <= 32 || code === 127 || code > 255) return false
  }
  return target.length > 0
}

/** A response's head as a verdict wants it; in words, what may not be sent of it. `method` is the client's. */
export function rewriteResponse(asked: Asked<ResponseHead>, method: string): Rewritten<ResponseHead> | string {
  const { before, head, text, framing } = asked
  const { status } = head
  const flaw = flawIn(head.headers, before.headers)
  if (flaw) return flaw
  const isSame = status === before.status && head.reason === before.reason
  if (!isSame && !isText(head.reason)) return 'the reason phrase'
  if (status !== before.status && !(Number.isInteger(status) && status >= 200 && status <= 999))
    return `the status ${status}`
  const hadNone = isBodyless(before.status) && before.status !== 304
  // What was without a body and is so no longer has to say that it is empty.
  const length = asked.length ?? (isBodyless(before.status) && !isBodyless(status) ? 0 : undefined)
  const bodyless = method === 'HEAD' ? 'by-method' : isBodyless(status) && !hadNone ? 'by-status' : undefined
  const keepsFields = status === before.status && isBodyless(status)
  const framed: Reframed = keepsFields
    ? { headers: head.headers, body: 'none' }
    : reframe({
        before: before.headers,
        framing,
        headers: head.headers,
        ...(length === undefined ? {} : { length }),
        ...(bodyless ? { bodyless } : {}),
        isRequest: false,
      })
  const start = isSame ? undefined : `${before.version} ${status} ${head.reason}`
  const bytes = Buffer.from(writeHead(text, before.raw !== undefined, start, framed.headers), 'latin1')
  const { raw: _, ...plain } = head
  return { bytes, head: { ...plain, version: before.version, headers: framed.headers }, framed }
}

/** RFC 9112 6.3: by its status. */
export const isBodyless = (status: number): boolean => status < 200 || status === 204 || status === 304

/** Whether a client waits to be told that it may send its body (RFC 9110 10.1.1). */
export const expectsGoAhead = ({ version, headers }: RequestHead): boolean =>
  version !== 'HTTP/1.0' &&
  headers.some(([name, value]) => name.toLowerCase() === 'expect' && hasToken(value, '100-continue'))
