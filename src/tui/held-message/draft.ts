import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Held } from '../../model/held.ts'
import { checkRequestHead, checkResponseHead } from '../../rules/check-head.ts'
import { type Head, withHeaders } from '../../rules/head/with-header.ts'
import { withAuthority, withMethod, withPath, withScheme, withStatus } from '../../rules/head/with-start.ts'

/** What a person has changed of a held message so far. What is absent is as it came. */
export interface Draft {
  readonly request?: RequestHead
  readonly response?: ResponseHead
  /** Content codings undone. */
  readonly body?: Uint8Array
}

/** An edit that is not made, and why. */
export interface Refused {
  readonly refused: string
}

export type Edited = Draft | Refused

export const isRefused = (edited: object): edited is Refused => 'refused' in edited

export const refuse = (refused: string): Refused => ({ refused })

/** The head as it would go on; that of a WebSocket's message is nobody's to change. */
export function headOf(held: Held, draft: Draft): Head | undefined {
  if (held.what === 'stream-message') return undefined
  return held.what === 'request' ? (draft.request ?? held.request) : (draft.response ?? held.response)
}

/** The draft with that head, where it may be sent so; one that is as it came is no change. */
function withHead(held: Held, draft: Draft, head: Head): Edited {
  if (head === headOf(held, draft)) return draft
  if (sameHead(head, headOf(held, {}))) return 'method' in head ? withoutRequest(draft) : withoutResponse(draft)
  const wrong = 'method' in head ? checkRequestHead(head) : checkResponseHead(head)
  if (wrong !== undefined) return refuse(wrong)
  return 'method' in head ? { ...draft, request: head } : { ...draft, response: head }
}

const withoutRequest = ({ request: _, ...draft }: Draft): Draft => draft
const withoutResponse = ({ response: _, ...draft }: Draft): Draft => draft

/** Whether they say the same; how it stood on the wire is not asked. */
const sameHead = (a: Head, b: Head | undefined): boolean => JSON.stringify(told(a)) === JSON.stringify(b && told(b))

const told = (head: Head): readonly unknown[] =>
  'method' in head
    ? [head.method, head.target, head.scheme, head.authority, head.path, head.headers]
    : [head.status, head.reason, head.headers]

const changeRequest = (held: Held, draft: Draft, change: (head: RequestHead) => RequestHead | Refused): Edited => {
  const head = headOf(held, draft)
  if (!head || !('method' in head)) return refuse('this is no request')
  const changed = change(head)
  return isRefused(changed) ? changed : withHead(held, draft, changed)
}

export const editMethod = (held: Held, draft: Draft, method: string): Edited =>
  changeRequest(held, draft, head => withMethod(head, method))

export const urlOf = ({ scheme, authority, path }: RequestHead): string => `${scheme}://${authority}${path}`

/** The whole URL; where its origin is another, the request goes there. */
export const editUrl = (held: Held, draft: Draft, url: string): Edited =>
  changeRequest(held, draft, head => {
    const [, scheme, authority, rest = ''] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(url) ?? []
    if (scheme === undefined || authority === undefined || URL.parse(`${scheme}://${authority}`) === null)
      return refuse('a URL begins with http:// or https:// and a host')
    const path = rest.startsWith('/') ? rest : `/${rest}`
    return withPath(withAuthority(withScheme(head, scheme.toLowerCase()), authority), path)
  })

export function editStatus(held: Held, draft: Draft, text: string): Edited {
  const head = headOf(held, draft)
  if (!head || !('status' in head)) return refuse('this is no response')
  const [, digits, reason = ''] = /^(\d{3})(?: +(.*))?$/.exec(text.trim()) ?? []
  if (digits === undefined || Number(digits) < 200) return refuse('a status is a number from 200 to 999')
  return withHead(held, draft, withStatus(head, Number(digits), reason))
}

function changeHeaders(held: Held, draft: Draft, change: (headers: readonly Header[]) => readonly Header[]): Edited {
  const head = headOf(held, draft)
  return head ? withHead(held, draft, withHeaders(head, change(head.headers))) : refuse('there are no headers here')
}

/** `index` counts all headers, pseudo-headers too. */
export const editHeader = (held: Held, draft: Draft, index: number, header: Header): Edited =>
  changeHeaders(held, draft, headers => headers.with(index, header))

export const insertHeader = (held: Held, draft: Draft, index: number, [name, value]: Header): Edited =>
  changeHeaders(held, draft, headers => {
    const written = headOf(held, draft)?.version === 'HTTP/2' ? name.toLowerCase() : name
    return headers.toSpliced(index, 0, [written, value])
  })

export const deleteHeader = (held: Held, draft: Draft, index: number): Edited =>
  changeHeaders(held, draft, headers => headers.toSpliced(index, 1))

/** One place up or down; pseudo-headers stay first (RFC 9113 8.3). */
export function moveHeader(held: Held, draft: Draft, index: number, by: 1 | -1): Edited {
  const [here, there] = [index, index + by].map(at => headOf(held, draft)?.headers[at])
  if (!here || !there || there[0].startsWith(':')) return draft
  return changeHeaders(held, draft, headers => headers.with(index, there).with(index + by, here))
}
