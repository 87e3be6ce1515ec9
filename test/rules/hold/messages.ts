import type { Header, RequestHead, ResponseHead } from '../../../src/model/exchange.ts'
import type { ConnectionFacts } from '../../../src/rules/rulings.ts'

export const connection: ConnectionFacts = {
  id: 7,
  host: 'api.example',
  port: 443,
  scheme: 'https',
  serverName: 'api.example',
}

export const requestTo = (path: string, headers: readonly Header[] = []): RequestHead => ({
  method: 'GET',
  target: path,
  scheme: 'https',
  authority: 'api.example',
  path,
  version: 'HTTP/1.1',
  headers: [['Host', 'api.example'], ...headers],
})

export const answered = (status: number, headers: readonly Header[] = []): ResponseHead => ({
  status,
  reason: 'OK',
  version: 'HTTP/1.1',
  headers,
})
