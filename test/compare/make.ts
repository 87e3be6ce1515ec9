/** Connections and handshakes for tests: made by hand, or recorded from two real TLS stacks. */
import type { ConnectionOptions, TlsOptions } from 'node:tls'
import type { LegPair } from '../../src/compare/compare.ts'
import type { Connection } from '../../src/model/connection.ts'
import type { Direction } from '../../src/wire/direction.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import type { Handshake, HandshakeMessage, Negotiated } from '../../src/wire/tls/handshake.ts'
import type { ClientHello, MessageValue } from '../../src/wire/tls/values.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'

export const openedAt = 1_700_000_000_000

export const makeHello = (over: Partial<ClientHello> = {}): ClientHello => ({
  legacyVersion: 0x0303,
  random: new Uint8Array(32),
  sessionId: new Uint8Array(32),
  cipherSuites: [0x1301, 0x1302, 0xc02f],
  compressionMethods: [0],
  extensions: [0, 10, 13, 16, 43, 51].map((type, i) => ({ type, data: new Uint8Array(), start: i * 4 })),
  serverName: 'api.example.com',
  alpn: ['h2', 'http/1.1'],
  supportedVersions: [0x0304, 0x0303],
  supportedGroups: [29, 23],
  signatureAlgorithms: [0x0403, 0x0804],
  keyShares: [{ group: 29, keyExchange: new Uint8Array(32) }],
  earlyData: false,
  statusRequest: false,
  ...over,
})

/** Sent by, value, ms after the connection opened. */
export type Said = readonly [direction: Direction, value: MessageValue, at?: number]

const contentTypeOf = ({ name }: MessageValue): number =>
  name === 'alert' ? 21 : name === 'change_cipher_spec' ? 20 : 22

const makeMessage = ([direction, value, at]: Said, index: number): HandshakeMessage => ({
  direction,
  at: openedAt + (at ?? index + 1),
  contentType: contentTypeOf(value),
  name: value.name,
  length: 100,
  encrypted: false,
  records: [],
  bytes: new Uint8Array(104),
  fields: [],
  value,
  checks: [],
})

const nothingAgreed: Negotiated = {
  resumption: 'none',
  earlyData: 'none',
  clientCertificate: 'none',
  ocspStapled: false,
}

export const modern = { version: 0x0304, cipherSuite: 0x1301, group: 29, signatureAlgorithm: 0x0403, alpn: 'h2' }

export function makeHandshake(
  said: readonly Said[],
  over: Partial<Handshake> = {},
  agreed: Partial<Negotiated> = {},
): Handshake {
  const hello = said.map(([, value]) => value).findLast(value => value.name === 'client_hello')
  return {
    records: [],
    messages: said.map(makeMessage),
    outcome: 'established',
    ...(hello && { clientHello: hello.hello }),
    negotiated: { ...nothingAgreed, ...agreed },
    serverCertificates: [],
    clientCertificates: [],
    keys: [],
    remarks: [],
    problems: [],
    holes: [],
    ...over,
  }
}

export const helloOf = (hello: ClientHello): Said => ['to-server', { name: 'client_hello', hello }]
export const alertOf = (direction: Direction, description: number, level = 2): Said => [
  direction,
  { name: 'alert', alert: { level, description } },
]
export const certificateOf = (direction: Direction): Said => [
  direction,
  { name: 'certificate', certificate: { certificates: [] } },
]

export const makeConnection = (over: Partial<Connection> = {}): Connection => ({
  id: 17,
  openedAt,
  entrance: 'connect',
  target: { host: 'api.example.com', port: 443 },
  client: { connectedAt: openedAt, remote: { address: '127.0.0.1', port: 50_000 } },
  upstream: { dialledAt: openedAt + 1, connectedAt: openedAt + 2, mirrorGaps: [] },
  problems: [],
  ...over,
})

/** Two real handshakes: the client leg's and the upstream leg's. */
export async function recordLegs(
  legs: Readonly<Record<'client' | 'upstream', { readonly server: TlsOptions; readonly client?: ConnectionOptions }>>,
  over: Partial<Connection> = {},
): Promise<LegPair> {
  const upstream = await tlsPair({ server: legs.upstream.server }).connect(legs.upstream.client)
  const client = await tlsPair({ server: legs.client.server }).connect(legs.client.client)
  const first = upstream.capture.chunks['to-server'][0]?.at ?? 0
  const connection = makeConnection({ openedAt: first - 5, ...over })
  return { connection, client: dissect(client.capture), upstream: dissect(upstream.capture) }
}
