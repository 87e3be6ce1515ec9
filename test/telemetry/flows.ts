import type { Connection } from '../../src/model/connection.ts'
import type { Exchange, RequestHead } from '../../src/model/exchange.ts'

/** A connection that asked DNS, dialled and agreed on TLS on both legs; times in ms. */
export const connection = (more: Partial<Connection> = {}): Connection => ({
  id: 3,
  openedAt: 1000,
  target: { host: 'api.example.com', port: 443 },
  serverName: 'api.example.com',
  treatment: 'observe',
  client: {
    remote: { address: '127.0.0.1', port: 5000 },
    local: { address: '127.0.0.1', port: 8080 },
    connectedAt: 1000,
    tlsStartsAt: { toServer: 10, toClient: 10 },
    secureAt: 1060,
    agreed: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false },
  },
  upstream: {
    remote: { address: '::1', port: 443 },
    local: { address: '::1', port: 6000 },
    lookup: { name: 'api.example.com', addresses: ['::1'], startedAt: 1005, endedAt: 1015, literal: false },
    dialledAt: 1015,
    connectedAt: 1025,
    tlsStartsAt: { toServer: 0, toClient: 0 },
    secureAt: 1050,
    agreed: { version: 'TLSv1.2', cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', resumed: true },
  },
  problems: [],
  ...more,
})

const head: RequestHead = {
  ...{ method: 'GET', target: '/a?token=abc', scheme: 'https', authority: 'api.example.com', path: '/a?token=abc' },
  ...{ version: 'HTTP/2', headers: [['user-agent', 'curl/8']] },
}

/** An exchange from 1070 to 1100. */
export const exchange = (more: Partial<Exchange> = {}, request: Partial<RequestHead> = {}): Exchange => ({
  id: 7,
  connection: 3,
  request: { head: { ...head, ...request }, headAt: 1070, bodyBytes: 5, bodyDropped: 0, endedAt: 1072 },
  informational: [],
  response: {
    head: { status: 200, reason: '', version: 'HTTP/2', headers: [] },
    ...{ headAt: 1090, bodyBytes: 50, bodyDropped: 0, endedAt: 1100 },
  },
  problems: [],
  ...more,
})
