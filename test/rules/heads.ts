// Heads of both protocols for the tests of rules.
import type { Header, RequestHead, ResponseHead } from '../../src/model/exchange.ts'

export const requestOf = (over: Partial<RequestHead> = {}, headers: readonly Header[] = []): RequestHead => ({
  method: 'GET',
  target: over.path ?? '/users?id=7',
  scheme: 'https',
  authority: 'api.example.com',
  path: '/users?id=7',
  version: 'HTTP/1.1',
  headers: [['Host', 'api.example.com'], ['Accept', '*/*'], ...headers],
  ...over,
})

export const http2RequestOf = (over: Partial<RequestHead> = {}, headers: readonly Header[] = []): RequestHead => ({
  ...requestOf(over),
  version: 'HTTP/2',
  headers: [
    [':method', over.method ?? 'GET'],
    [':scheme', 'https'],
    [':authority', over.authority ?? 'api.example.com'],
    [':path', over.path ?? '/users?id=7'],
    ['accept', '*/*'],
    ...headers,
  ],
})

export const responseOf = (over: Partial<ResponseHead> = {}, headers: readonly Header[] = []): ResponseHead => ({
  status: 200,
  reason: 'OK',
  version: 'HTTP/1.1',
  headers: [['Content-Type', 'text/html'], ...headers],
  ...over,
})

export const http2ResponseOf = (status = 200, headers: readonly Header[] = []): ResponseHead => ({
  status,
  reason: '',
  version: 'HTTP/2',
  headers: [[':status', String(status)], ['content-type', 'text/html'], ...headers],
})
