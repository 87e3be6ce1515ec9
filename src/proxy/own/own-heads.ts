import type { Header, RequestHead } from '../../model/exchange.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { writtenFault } from '../../wire/http1/written-fault.ts'
import type { OwnRequest } from './own-request.ts'

type Wanted = Pick<OwnRequest, 'server' | 'head'>

/** The head as HTTP/1 has it: untouched if it is one, but for what was meant for a proxy. Throws ProblemError. */
export function headInHttp1({ head, server }: Wanted): RequestHead {
  const written = head.version.startsWith('HTTP/1.') ? forOrigin(head) : fromHttp2(head, server)
  return checked(written, written.headers)
}

/** The head as HTTP/2 has it, pseudo-headers first (RFC 9113 8.3.1). Throws ProblemError. */
export function headInHttp2({ head, server }: Wanted): RequestHead {
  const written = head.version.startsWith('HTTP/1.') ? fromHttp1(head, server) : head
  const bad = written.headers.findIndex(([name]) => connectionSpecific.has(name.toLowerCase()))
  if (bad >= 0)
    throw refused(`field ${bad + 1}, ${written.headers[bad]![0]}: HTTP/2 has no such field (RFC 9113 8.2.2)`)
  return checked(written, written.headers)
}

const refused = (detail: string): ProblemError => new ProblemError(problemOf('own/bad-request', { detail }))

function checked(head: RequestHead, headers: readonly Header[]): RequestHead {
  const fault = writtenFault({ method: head.method, target: head.target, headers })
  if (fault) throw refused(fault)
  return head
}

const forProxy = new Set(['proxy-connection', 'proxy-authorization'])

/** The absolute form is for proxies (RFC 9112 3.2.2). */
function forOrigin(head: RequestHead): RequestHead {
  if (!/^https?:\/\//i.test(head.target)) return head
  const { raw: _, ...rest } = head
  return { ...rest, target: head.path, headers: head.headers.filter(([name]) => !forProxy.has(name.toLowerCase())) }
}

/** RFC 9113 8.2.2: what speaks of one connection of HTTP/1. */
const connectionSpecific = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

function fromHttp1(head: RequestHead, server: Wanted['server']): RequestHead {
  const host = head.headers.find(([name]) => name.toLowerCase() === 'host')?.[1]
  const authority = host || head.authority || authorityOf(server)
  const pseudo: Header[] = [
    [':method', head.method],
    [':scheme', server.scheme],
    [':authority', authority],
    [':path', head.path || '/'],
  ]
  const named = head.headers.map(([name, value]): Header => [name.toLowerCase(), value])
  const kept = named.filter(
    ([name, value]) =>
      !connectionSpecific.has(name) &&
      name !== 'host' &&
      !forProxy.has(name) &&
      (name !== 'te' || value === 'trailers'),
  )
  const { raw: _, ...rest } = head
  return {
    ...rest,
    version: 'HTTP/2',
    scheme: server.scheme,
    authority,
    target: head.path || '/',
    headers: [...pseudo, ...kept],
  }
}

function fromHttp2(head: RequestHead, server: Wanted['server']): RequestHead {
  const fields = head.headers.filter(([name]) => !name.startsWith(':'))
  const hosted = fields.some(([name]) => name.toLowerCase() === 'host')
  const host: Header[] = hosted ? [] : [['host', head.authority || authorityOf(server)]]
  return {
    ...head,
    version: 'HTTP/1.1',
    target: head.path || head.target,
    headers: [...host, ...joinedCookies(fields)],
  }
}

/** RFC 9113 8.2.3: in HTTP/1 the crumbs of a cookie are one field. */
function joinedCookies(fields: readonly Header[]): readonly Header[] {
  const isCookie = ([name]: Header): boolean => name.toLowerCase() === 'cookie'
  const crumbs = fields.filter(isCookie)
  if (crumbs.length < 2) return fields
  const cookie: Header = ['cookie', crumbs.map(([, value]) => value).join('; ')]
  const first = fields.findIndex(isCookie)
  return fields.flatMap((field, at) => (at === first ? [cookie] : isCookie(field) ? [] : [field]))
}

/** As a URL has it: without the port that its scheme has anyway. */
function authorityOf({ scheme, host, port }: Wanted['server']): string {
  const usual = port === (scheme === 'https' ? 443 : 80)
  return usual ? hostAndPort({ host, port }).replace(/:\d+$/, '') : hostAndPort({ host, port })
}
