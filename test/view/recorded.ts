/** A recorded connection for the tests of views: TLS 1.3 to the client, TLS 1.2 to a server with a chain. */
import type { LegPair } from '../../src/compare/compare.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { Exchange } from '../../src/model/exchange.ts'
import { openedAt, recordLegs } from '../compare/make.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const alpn = { ALPNProtocols: ['h2', 'http/1.1'] }

export async function recordedPair(): Promise<LegPair> {
  const pair = await recordLegs({
    client: { server: { ...identity('ecdsa'), ...alpn }, client: alpn },
    upstream: { server: { ...identity('chain'), ...alpn, maxVersion: 'TLSv1.2' }, client: alpn },
  })
  return { ...pair, connection: lived(pair.connection) }
}

/** The connection with all that an engine tells of it. */
export function lived(connection: Connection): Connection {
  const at = (ms: number): number => connection.openedAt + ms
  const agreed = { cipherSuite: 'TLS_AES_256_GCM_SHA384', alpn: 'h2', resumed: false }
  const bytes = { toServer: 2000, toClient: 4000 }
  return {
    ...connection,
    client: {
      connectedAt: at(0),
      remote: { address: '127.0.0.1', port: 50_000 },
      tlsStartsAt: { toServer: 0, toClient: 0 },
      secureAt: at(100),
      agreed: { ...agreed, version: 'TLSv1.3' },
      bytes,
      closed: { at: at(300), by: 'client', how: 'fin' },
    },
    upstream: {
      lookup: {
        name: 'api.example.com',
        addresses: ['192.0.2.1'],
        startedAt: at(0.5),
        endedAt: at(1.5),
        literal: false,
      },
      dialledAt: at(1.5),
      connectedAt: at(3.5),
      local: { address: '10.0.0.2', port: 40_000 },
      remote: { address: '192.0.2.1', port: 443 },
      mirrorGaps: [{ kind: 'extension', id: 51, reason: 'OpenSSL makes shares of its own' }],
      secureAt: at(99),
      agreed: { ...agreed, version: 'TLSv1.2' },
      bytes,
      closed: { at: at(310), by: 'parley', how: 'reset' },
    },
  }
}

export const makeExchange = (over: Partial<Exchange> = {}): Exchange => ({
  id: 1203,
  connection: 17,
  request: {
    head: {
      method: 'GET',
      target: '/v1/users?page=2',
      scheme: 'https',
      authority: 'api.example.com',
      path: '/v1/users?page=2',
      version: 'HTTP/1.1',
      headers: [
        ['Host', 'api.example.com'],
        ['accept', '*/*'],
      ],
    },
    headAt: openedAt,
    bodyBytes: 0,
    bodyDropped: 0,
    endedAt: openedAt,
  },
  informational: [],
  response: {
    head: {
      status: 200,
      reason: 'OK',
      version: 'HTTP/1.1',
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'gzip'],
      ],
    },
    headAt: openedAt + 20,
    bodyBytes: 4123,
    bodyDropped: 0,
    endedAt: openedAt + 38,
  },
  problems: [],
  ...over,
})
