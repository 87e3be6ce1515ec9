import type { Header, RequestHead } from '../../model/exchange.ts'
import type { RequestDraft, ResponseDraft, WebSocketDraft } from '../actions/action.ts'
import { bodyText } from '../body/body-text.ts'
import { openBody } from '../body/open-body.ts'
import type { ScriptHeader, ScriptRequest, ScriptResponse, ScriptWebSocketMessage } from './script-types.ts'

/** Messages as scripts get them: plain data, which goes to another thread. Throw BodyError for a body that cannot be read. */
export const requestForScript = (draft: RequestDraft): ScriptRequest => ({
  ...headForScript(draft.head),
  ...bodyForScript(draft),
})

export const responseForScript = (draft: ResponseDraft): ScriptResponse => ({
  status: draft.head.status,
  headers: plainHeaders(draft.head.headers),
  request: headForScript(draft.request),
  ...bodyForScript(draft),
})

export function messageForScript({ message, request }: WebSocketDraft): ScriptWebSocketMessage {
  const { direction, opcode, bytes } = message
  const text = opcode === 1 ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : undefined
  return { direction, url: urlOf(request), bytes, ...(text !== undefined && { text }) }
}

const headForScript = (head: RequestHead) => ({
  method: head.method,
  url: urlOf(head),
  headers: plainHeaders(head.headers),
})

/** Without what HTTP/2 has instead of a start line (RFC 9113 8.3). */
const plainHeaders = (headers: readonly Header[]): readonly ScriptHeader[] =>
  headers.filter(([name]) => !name.startsWith(':'))

function bodyForScript({ head, body }: RequestDraft | ResponseDraft) {
  if (!body) return {}
  if (body.length === 0) return { body, text: '' }
  const { bytes } = openBody(head.headers, body)
  return { body: bytes, text: bodyText(head.headers, bytes).text }
}

export const urlOf = ({ scheme, authority, path }: RequestHead): string => `${scheme}://${authority}${path}`
