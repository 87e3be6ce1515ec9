/** Runs real TLS handshakes inside the process and records what passes between the two, with the keys of both ends. */
import { once } from 'node:events'
import { type Duplex, duplexPair } from 'node:stream'
import * as tls from 'node:tls'
import type { LegCapture, WireChunk } from '../../../src/wire/tls/capture.ts'

export interface Recording {
  readonly capture: LegCapture
  /** For the next connection to resume. */
  readonly session: Buffer | undefined
  /** Key log lines by who wrote them. */
  readonly keyLogs: { readonly client: readonly string[]; readonly server: readonly string[] }
  readonly error: Error | undefined
}

export interface PairOptions {
  readonly server: tls.TlsOptions
  /** What the client says after the handshake; nothing when empty. */
  readonly request?: string
  /** What the server says to that; `pong` unless told. */
  readonly reply?: string
  /** Keeps sessions by their id, for resumption without tickets. */
  readonly keepSessions?: boolean
  /** An OCSP response in DER, for clients that ask. */
  readonly stapled?: Uint8Array
}

export interface TlsPair {
  connect(options?: tls.ConnectionOptions, act?: (socket: tls.TLSSocket) => void): Promise<Recording>
}

/** Bits of OpenSSL's options that node:constants does not name. */
export const noEncryptThenMac = 1 << 19
export const noExtendedMasterSecret = 1

/** A server that answers `reply` to whatever it gets; each `connect` is one recorded connection to it. */
export function tlsPair({
  server: options,
  request = 'ping',
  reply = 'pong',
  keepSessions = false,
  stapled,
}: PairOptions): TlsPair {
  const server = tls.createServer(options, socket => {
    socket.on('error', () => {})
    socket.on('data', () => socket.end(reply))
  })
  server.on('tlsClientError', () => {})
  if (stapled) server.on('OCSPRequest', (_certificate, _issuer, done) => done(null, Buffer.from(stapled)))
  if (keepSessions) {
    const sessions = new Map<string, Buffer>()
    server.on('newSession', (id: Buffer, data: Buffer, done: () => void) => {
      sessions.set(id.toString('hex'), data)
      done()
    })
    server.on('resumeSession', (id: Buffer, done: (error: Error | null, data: Buffer | null) => void) =>
      done(null, sessions.get(id.toString('hex')) ?? null),
    )
  }
  return {
    async connect(clientOptions = {}, act) {
      const [clientEnd, clientWire] = duplexPair()
      const [serverEnd, serverWire] = duplexPair()
      const toServer = record(clientWire, serverWire)
      const toClient = record(serverWire, clientWire)
      const keyLogs = { client: [] as string[], server: [] as string[] }
      const serverKeys = (line: Buffer) => keyLogs.server.push(line.toString().trim())
      server.on('keylog', serverKeys)
      server.emit('connection', serverEnd)
      const socket = tls.connect({
        socket: clientEnd,
        rejectUnauthorized: false,
        servername: 'api.example.test',
        ...clientOptions,
      })
      let session: Buffer | undefined
      let error: Error | undefined
      socket.on('keylog', line => keyLogs.client.push(line.toString().trim()))
      socket.on('session', (latest: Buffer) => {
        session = latest
      })
      socket.on('error', problem => {
        error = problem
      })
      socket.on('secureConnect', () => {
        act?.(socket)
        if (request) socket.write(request)
        else socket.end()
      })
      socket.resume()
      socket.on('end', () => socket.end())
      await once(socket, 'close').catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 5)) // the last alerts are still on their way
      server.off('keylog', serverKeys)
      return {
        capture: {
          chunks: { 'to-server': toServer, 'to-client': toClient },
          headers: { 'to-server': [], 'to-client': [] },
          keyLog: [...new Set([...keyLogs.client, ...keyLogs.server])],
          tlsStartsAt: { toServer: 0, toClient: 0 },
        },
        session,
        keyLogs,
        error,
      }
    },
  }
}

function record(from: Duplex, to: Duplex): WireChunk[] {
  const chunks: WireChunk[] = []
  let offset = 0
  from.on('data', (bytes: Buffer) => {
    chunks.push({ at: performance.timeOrigin + performance.now(), offset, bytes: Buffer.from(bytes) })
    offset += bytes.length
    if (!to.destroyed) to.write(bytes)
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
  from.on('close', () => to.end())
  return chunks
}
