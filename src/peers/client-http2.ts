import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import type { Socket } from 'node:net'
import type { Header } from '../model/exchange.ts'
import { ClientFailure } from './client-failure.ts'
import { type Ask, methodOf, pairs, pathOf, type Reply } from './client-reply.ts'

/** HTTP/2 on a socket that is already open. */
export function openHttp2(url: URL, socket: Socket): ClientHttp2Session {
  const session = connect(url.origin, { createConnection: () => socket })
  session.on('error', () => {}) // every stream hears of it
  return session
}

/** Sends one request on its own stream and fills the reply; rejects when the response does not arrive whole. */
export function askHttp2(session: ClientHttp2Session, ask: Ask, reply: Reply): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = session.request(http2Headers(ask), { endStream: ask.body === undefined })
    stream.on('error', reject)
    stream.once('response', (headers: IncomingHttpHeaders & { ':status'?: number }, _, raw?: string[]) => {
      reply.head(headers[':status'] ?? 0, raw ?? [])
    })
    stream.once('trailers', (_, __, raw?: string[]) => {
      reply.trailers = pairs(raw ?? [])
    })
    stream.on('data', (bytes: Buffer) => reply.chunk(bytes))
    let ended = false
    stream.once('end', () => {
      ended = reply.status !== undefined
    })
    stream.once('close', () => {
      reply.whole = ended && stream.rstCode === 0
      if (reply.whole) resolve()
      else reject(new ClientFailure('CLOSED', `the stream was closed with error code ${stream.rstCode}`))
    })
    if (ask.body !== undefined) stream.end(ask.body)
  })
}

const patience = 500 // ms for what is still to be written

/** Says GOAWAY and waits until the session has let go of its socket. */
export function closeHttp2(session: ClientHttp2Session): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => session.destroy(), patience)
    session.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    if (session.destroyed) {
      clearTimeout(timer)
      resolve()
    } else session.close()
  })
}

/** Pseudo-headers, then the caller's without those that belong to a connection (RFC 9113 8.2.2). */
function http2Headers(ask: Ask): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {
    ':method': methodOf(ask),
    ':scheme': ask.url.protocol.slice(0, -1),
    ':authority': ask.url.host,
    ':path': pathOf(ask.url),
  }
  for (const [name, value] of ask.headers ?? []) add(headers, name.toLowerCase(), value)
  if (ask.body !== undefined) headers['content-length'] ??= String(Buffer.byteLength(ask.body))
  return headers
}

const ofConnection = new Set(['connection', 'host', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'])

function add(headers: Record<string, string | string[]>, ...[name, value]: Header): void {
  if (ofConnection.has(name)) return
  const before = headers[name]
  headers[name] = before === undefined ? value : [before, value].flat()
}
