import type { Header, RequestHead } from '../../model/exchange.ts'
import type { RequestDraft, RequestEnd, ResponseDraft, WebSocketDraft } from '../actions/action.ts'
import { bodyText } from '../body/body-text.ts'
import { closeBody, openBody } from '../body/open-body.ts'
import { withHeaders } from '../head/with-header.ts'
import { withAuthority, withMethod, withPath, withScheme, withStatus } from '../head/with-start.ts'
import { isBody, isHeaders, isStatus, membersOf, ScriptResultError } from './script-result.ts'
import { urlOf } from './to-script.ts'

/** What a script gave back, as an action does it. Throw ScriptResultError for what is nothing of the kind. */
export function requestFromScript(draft: RequestDraft, result: unknown): RequestDraft | RequestEnd {
  if (result === undefined || result === null) return draft
  const { method, url, status, headers, body } = membersOf(result, ['method', 'url', 'status', 'headers', 'body'])
  if (status !== undefined) return answerOf(status, headers, body)
  let changed = withChange(draft, headers, body)
  if (method !== undefined) {
    if (typeof method !== 'string') throw new ScriptResultError('method', 'a text')
    const head = withMethod(changed.head, method)
    changed = head === changed.head ? changed : { ...changed, head }
  }
  return url === undefined ? changed : withUrl(changed, url)
}

export function responseFromScript(draft: ResponseDraft, result: unknown): ResponseDraft {
  if (result === undefined || result === null) return draft
  const { status, headers, body } = membersOf(result, ['status', 'headers', 'body'])
  const changed = withChange(draft, headers, body)
  if (status === undefined) return changed
  const head = withStatus(changed.head, isStatus(status))
  return head === changed.head ? changed : { ...changed, head }
}

export function messageFromScript(draft: WebSocketDraft, result: unknown): WebSocketDraft | 'drop' {
  if (result === undefined || result === null) return draft
  if (result === 'drop') return 'drop'
  const body = isBody(membersOf(result, ['body']).body)
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (Buffer.compare(bytes, draft.message.bytes) === 0) return draft
  return { ...draft, message: { ...draft.message, bytes } }
}

function answerOf(status: unknown, headers: unknown, body: unknown): RequestEnd {
  return {
    type: 'answer',
    answer: {
      status: isStatus(status),
      headers: headers === undefined ? [] : isHeaders(headers),
      body: body === undefined ? new Uint8Array() : Buffer.from(isBody(body) as string),
    },
  }
}

function withChange<Draft extends RequestDraft | ResponseDraft>(draft: Draft, headers: unknown, body: unknown): Draft {
  const headed = headers === undefined ? draft : withFields(draft, isHeaders(headers))
  return body === undefined ? headed : withBody(headed, isBody(body), draft)
}

/** Fields that are the same as before are the same tuples, and where all are, the head is the very same. */
function withFields<Draft extends RequestDraft | ResponseDraft>(draft: Draft, headers: readonly Header[]): Draft {
  const before = draft.head.headers
  const pseudo = before.filter(([name]) => name.startsWith(':'))
  const left = [...before]
  const kept = headers.map(header => {
    const at = left.findIndex(([name, value]) => name === header[0] && value === header[1])
    return at < 0 ? header : left.splice(at, 1)[0]!
  })
  const wanted = [...pseudo, ...kept]
  const isSame = wanted.length === before.length && wanted.every((header, at) => header === before[at])
  return isSame ? draft : { ...draft, head: withHeaders(draft.head, wanted) }
}

/** `before`: with the fields by which its body is read. */
function withBody<Draft extends RequestDraft | ResponseDraft>(
  draft: Draft,
  body: string | Uint8Array,
  before: Draft,
): Draft {
  const { headers } = draft.head
  if (before.body === undefined || before.body.length === 0) {
    const bytes = Buffer.from(body as string)
    return bytes.length === 0 && before.body ? draft : { ...draft, body: closeBody(headers, bytes) }
  }
  const { bytes } = openBody(before.head.headers, before.body)
  const written = typeof body === 'string' ? bodyText(headers, bytes).write(body) : body
  if (Buffer.compare(written, bytes) === 0) return draft
  return { ...draft, body: closeBody(headers, written, before.body) }
}

function withUrl(draft: RequestDraft, url: unknown): RequestDraft {
  const { head } = draft
  if (url === urlOf(head)) return draft
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new ScriptResultError('url', 'a whole http or https URL')
  const scheme = parsed.protocol === 'https:' ? 'https' : 'http'
  const path = parsed.pathname + parsed.search
  const { scheme: was, authority } = head
  if (parsed.origin === URL.parse(`${was}://${authority}/`)?.origin) return { ...draft, head: withPath(head, path) }
  const port = Number(parsed.port) || (scheme === 'https' ? 443 : 80)
  const placed: RequestHead = withAuthority(withScheme(withPath(head, path), scheme), parsed.host)
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  return { ...draft, head: { ...placed, target: placed.path }, server: { scheme, host, port } }
}
