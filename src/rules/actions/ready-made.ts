import type { Header, RequestHead } from '../../model/exchange.ts'
import { firstValue, type Head, valuesOf, withHeader, withoutHeader } from '../head/with-header.ts'
import type { ActionKind, RequestDraft, RequestEnd, ResponseDraft } from './action.ts'
import { answerOf } from './answers.ts'

const without = <H extends Head>(head: H, names: readonly string[]): H =>
  names.reduce((kept, name) => withoutHeader(kept, name), head)

const withHead = <Draft extends { readonly head: Head }>(draft: Draft, head: Draft['head']): Draft =>
  head === draft.head ? draft : { ...draft, head }

export const stripAltSvc: ActionKind = {
  name: 'strip-alt-svc',
  usage: '',
  says: 'keep clients from HTTP/3, which they do not speak through a proxy: Alt-Svc is taken out of responses',
  example: '~all => strip-alt-svc',
  read: () => ({
    did: 'strip Alt-Svc',
    response: draft => withHead(draft, without(draft.head, ['alt-svc'])),
  }),
}

export const noCache: ActionKind = {
  name: 'no-cache',
  usage: '',
  says: 'have every response whole and new: If-None-Match and If-Modified-Since are taken out of requests, and of responses what lets them be kept',
  example: '~d app.example => no-cache',
  read: () => ({
    did: 'no cache',
    request: draft => withHead(draft, without(draft.head, ['if-none-match', 'if-modified-since'])),
    response: draft => {
      const fresh = without(draft.head, ['etag', 'last-modified', 'expires', 'age', 'pragma'])
      return withHead(draft, withHeader(fresh, 'cache-control', 'no-store'))
    },
  }),
}

export const cors: ActionKind = {
  name: 'cors',
  usage: '',
  says: 'let pages of any origin read the responses: preflights are answered, and responses get what permits it',
  example: '~d api.example => cors',
  read: () => ({ did: 'permit cross-origin', request: answerPreflight, response: permit }),
}

/** Fetch 4.8: it asks whether a request may be made, and only its head counts. */
function answerPreflight(draft: RequestDraft): RequestDraft | RequestEnd {
  const { sent } = draft
  const method = firstValue(sent, 'access-control-request-method')
  if (sent.method !== 'OPTIONS' || method === undefined || firstValue(sent, 'origin') === undefined) return draft
  const asked = valuesOf(sent, 'access-control-request-headers').join(', ')
  const headers: readonly Header[] = [
    ...permits(sent),
    ['access-control-allow-methods', method],
    ...(asked === '' ? [] : [['access-control-allow-headers', asked] as const]),
    ...(firstValue(sent, 'access-control-request-private-network') === undefined
      ? []
      : [['access-control-allow-private-network', 'true'] as const]),
    ['access-control-max-age', '0'],
  ]
  return { type: 'answer', answer: answerOf(draft, 204, headers, new Uint8Array(0)) }
}

const permits = (request: RequestHead): readonly Header[] => [
  ['access-control-allow-origin', firstValue(request, 'origin') ?? '*'],
  ['access-control-allow-credentials', 'true'],
  ['vary', 'Origin'],
]

/** `*` would not do for requests with credentials, so the very origin and the very names are said. */
function permit(draft: ResponseDraft): ResponseDraft {
  const { request, head } = draft
  if (firstValue(request, 'origin') === undefined || firstValue(head, 'access-control-allow-methods') !== undefined)
    return draft
  const names = [...new Set(head.headers.map(([name]) => name.toLowerCase()))].filter(name => !name.startsWith(':'))
  const [origin, credentials] = permits(request)
  const permitted = [origin!, credentials!, ['access-control-expose-headers', names.join(', ')] as const]
  const changed = permitted.reduce((now, [name, value]) => withHeader(now, name, value), head)
  const varies = valuesOf(head, 'vary').join(',').toLowerCase()
  if (/(?:^|[\s,])(?:origin|\*)(?:[\s,]|$)/.test(varies)) return { ...draft, head: changed }
  const vary = [...valuesOf(head, 'vary'), 'Origin'].join(', ')
  return { ...draft, head: withHeader(changed, 'vary', vary) }
}
