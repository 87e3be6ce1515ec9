/** A capture for looking at: a handful of connections with real handshakes, one that failed, and exchanges of many kinds. */
import { createHash } from 'node:crypto'
import type { Connection } from '../../src/model/connection.ts'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import type { LegName } from '../../src/model/party.ts'
import { type CaptureWriter, openCaptureWriter } from '../../src/store/writer.ts'
import type { LegCapture } from '../../src/wire/tls/capture.ts'
import { type PairOptions, tlsPair } from '../wire/tls/record-pair.ts'
import { identity } from '../wire/tls/test-certificates.ts'

export const started = new Date(2026, 10, 20, 10, 22, 7).getTime()
export const hostile = 'a\x1b[31mred\x1b]8;;http://evil/\x07\r\b\u202egnp\u200b\x9b2J\u0000z'

/** Writes the sample and leaves the writer open, so that a test can go on writing. */
export async function writeSample(path: string, flows = 40): Promise<CaptureWriter> {
  const writer = openCaptureWriter(path, { now: started })
  await writeSecure(writer)
  await writeRejected(writer)
  writePlain(writer)
  for (let id = 1; id <= flows; id++) {
    if (id === 7) writer.connectionFlow(rejected, id)
    else writer.exchange(sampleExchange(id), bodyOf(id).request, bodyOf(id).response)
  }
  writer.event(started + 5, 'info', 'listening on 127.0.0.1:8080')
  writer.event(started + 900, 'warning', `pinned.example.com: ${hostile}`)
  writer.commit()
  return writer
}

async function writeSecure(writer: CaptureWriter): Promise<void> {
  const client = await leg(
    { server: { ...identity('rsa'), ALPNProtocols: ['h2', 'http/1.1'] } },
    'TLS_AES_256_GCM_SHA384',
  )
  const upstream = await leg(
    { server: { ...identity('chain'), ALPNProtocols: ['h2', 'http/1.1'] } },
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384',
  )
  writer.connection(secure)
  writer.process(1, { pid: 4711, name: 'curl', command: `curl -H ${hostile} https://api.example.com/` })
  write(writer, 1, 'client', client, 38)
  write(writer, 1, 'upstream', upstream, 24)
  writer.facts(1, { clientGroup: 'X25519MLKEM768', upstreamGroup: 'X25519MLKEM768', differs: true })
}

async function writeRejected(writer: CaptureWriter): Promise<void> {
  const { capture } = await tlsPair({ server: identity('rsa') }).connect({ rejectUnauthorized: true })
  writer.connection(rejected)
  write(writer, 2, 'client', capture, 612)
}

function writePlain(writer: CaptureWriter): void {
  const { upstream: _, ...base } = secure
  writer.connection({
    ...base,
    id: 3,
    target: { host: hostile, port: 80 },
    serverName: hostile,
    client: {},
    protocol: 'http/1.1',
  })
}

async function leg(options: PairOptions, ciphers: string): Promise<LegCapture> {
  const pair = tlsPair(options)
  const { capture } = await pair.connect({ ciphers, ALPNProtocols: ['h2', 'http/1.1'], servername: 'api.example.com' })
  return capture
}

/** The leg's bytes in their order, `from` ms after the start and then a chunk every 0.4 ms, however long it took here. */
function write(writer: CaptureWriter, id: number, leg: LegName, capture: LegCapture, from: number): void {
  const directed = (['to-server', 'to-client'] as const).flatMap(direction =>
    capture.chunks[direction].map(chunk => ({ direction, chunk })),
  )
  for (const [index, { direction, chunk }] of directed.toSorted((a, b) => a.chunk.at - b.chunk.at).entries())
    writer.wire(id, leg, direction, { ...chunk, at: started + from + index * 0.4 })
  for (const line of capture.keyLog) writer.keyLog(id, leg, line)
}

const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_256_GCM_SHA384', alpn: 'h2', resumed: false }

export const secure: Connection = {
  id: 1,
  openedAt: started,
  entrance: 'connect',
  target: { host: 'api.example.com', port: 443 },
  client: {
    local: { address: '127.0.0.1', port: 8080 },
    remote: { address: '127.0.0.1', port: 51234 },
    connectedAt: started,
    tlsStartsAt: { toServer: 0, toClient: 0 },
    secureAt: started + 42,
    agreed,
  },
  upstream: {
    lookup: {
      name: 'api.example.com',
      addresses: ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
      startedAt: started + 0.3,
      endedAt: started + 12.4,
      literal: false,
    },
    dialledAt: started + 12.4,
    connectedAt: started + 24.2,
    local: { address: '192.168.1.7', port: 40122 },
    remote: { address: '93.184.216.34', port: 443 },
    tlsStartsAt: { toServer: 0, toClient: 0 },
    secureAt: started + 37,
    agreed: { ...agreed, cipherSuite: 'TLS_AES_128_GCM_SHA256' },
    mirrorGaps: [{ kind: 'extension', id: 11, reason: 'OpenSSL sends 3 formats, the client sent 1' }],
  },
  treatment: 'observe',
  serverName: 'api.example.com',
  protocol: 'h2',
  problems: [],
}

export const rejected: Connection = {
  id: 2,
  openedAt: started + 600,
  entrance: 'connect',
  target: { host: 'pinned.example.com', port: 443 },
  client: {
    connectedAt: started + 600,
    remote: { address: '127.0.0.1', port: 51240 },
    tlsStartsAt: { toServer: 0, toClient: 0 },
    agreed: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', resumed: false },
  },
  treatment: 'observe',
  serverName: 'pinned.example.com',
  problems: [
    {
      code: 'tls/client-rejected-leaf',
      blame: 'client',
      message: 'client rejected our certificate (unknown_ca)',
      remedy: 'Install the root with `parley ca install`, or pass this host through.',
    },
  ],
  closed: { at: started + 640 },
}

const kinds = [
  { method: 'GET', host: 'api.example.com', path: '/v1/users?page=2', type: 'application/json', status: 200 },
  { method: 'POST', host: 'api.example.com', path: '/v1/events', type: 'application/grpc', status: 0 },
  { method: 'GET', host: 'static.example.com', path: '/assets/app.5f3a9c.js', type: 'text/javascript', status: 304 },
  { method: 'DELETE', host: 'api.example.com', path: '/v1/users/17', type: 'text/html', status: 404 },
  {
    method: 'PATCH',
    host: 'api.example.com',
    path: '/v1/a/very/long/path/that/does/not/fit/anywhere?and=a&query=too',
    type: 'text/plain',
    status: 503,
  },
] as const

export function sampleExchange(id: number): Exchange {
  const kind = kinds[id % kinds.length]!
  const at = started + 40 + id * 53
  const path = id === 9 ? `/${hostile}` : kind.path
  const headers: Header[] = [
    [':method', kind.method],
    [':authority', kind.host],
    ['user-agent', 'curl/8.5.0'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ...(id === 9 ? ([['x-hostile', hostile]] as Header[]) : []),
  ]
  const { request, response } = bodyOf(id)
  const head = {
    method: kind.method,
    target: path,
    scheme: 'https',
    authority: kind.host,
    path,
    version: 'HTTP/2',
    headers,
  }
  return {
    id,
    connection: 1,
    stream: id * 2 - 1,
    request: { head, headAt: at, bodyBytes: request.length, bodyDropped: 0, endedAt: at + 1 },
    informational: [],
    ...(kind.status > 0 && {
      response: {
        head: {
          status: kind.status,
          reason: '',
          version: 'HTTP/2',
          headers: [
            ['content-type', `${kind.type}; charset=utf-8`],
            ['date', 'Fri, 20 Nov 2026 10:22:07 GMT'],
            ['server', id === 9 ? hostile : 'nginx'],
          ] as Header[],
        },
        headAt: at + 12 + (id % 7) * 9,
        bodyBytes: response.length,
        bodyDropped: 0,
        endedAt: at + 14 + (id % 7) * 11,
      },
    }),
    problems: [],
  }
}

function bodyOf(id: number): { request: Uint8Array; response: Uint8Array } {
  const { method, type } = kinds[id % kinds.length]!
  const digest = createHash('sha256').update(String(id)).digest('hex')
  const users = Array.from({ length: 30 }, (_, n) => ({ id: n, name: `user ${n}`, tags: ['a', 'b'], digest }))
  const text = type.endsWith('json')
    ? JSON.stringify({ page: 2, users })
    : `${type} ${id === 9 ? hostile : digest}\n`.repeat(id)
  return { request: Buffer.from(method === 'GET' ? '' : 'a=1&b=two'), response: Buffer.from(text) }
}
