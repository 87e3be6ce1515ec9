/** OpenSSL's server in memory, and the client that is tested before it. */
import { randomInt } from 'node:crypto'
import { duplexPair } from 'node:stream'
import * as tls from 'node:tls'
import type { LegCapture, WireChunk } from '../../../../../src/wire/tls/capture.ts'
import { type Session, TlsClient, type TlsClientOptions } from '../../../../../src/wire/tls/client/tls-client.ts'
import type { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'
import { identity } from '../../test-certificates.ts'

export interface Meeting {
  readonly client: TlsClient
  readonly error: TlsError | undefined
  /** Of the server. */
  readonly cipher: string
  /** The client's certificate as the server has it, in DER. */
  readonly peer: Buffer | undefined
  readonly echoed: Buffer
  readonly sessions: readonly Session[]
  readonly capture: LegCapture
  readonly keyLogs: { readonly client: readonly string[]; readonly server: readonly string[] }
  readonly socket: tls.TLSSocket | undefined
}

export interface Talk {
  readonly hello: Uint8Array
  readonly client?: Partial<TlsClientOptions>
  /** What the client says, a write each, and where it renews its keys and asks for new ones; the server says it again. */
  readonly data?: Uint8Array | readonly (Uint8Array | 'update')[]
  /** Before the data. */
  readonly first?: (client: TlsClient, socket: tls.TLSSocket | undefined) => void
}

export interface Origin {
  meet(talk: Talk): Promise<Meeting>
}

/** Everything that the client can do, weak as it may be. */
const permissive = { oldestVersion: 0x0301, allowMacThenEncrypt: true }
const modern =
  'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256'
const weak = { minVersion: 'TLSv1', ciphers: `${modern}:ALL:@SECLEVEL=0` } as const

/** A server that repeats what it hears. Its session ids and ticket keys last as long as it. */
export function opensslOrigin(options: tls.TlsOptions, prepare?: (server: tls.Server) => void): Origin {
  let socket: tls.TLSSocket | undefined
  const server = tls.createServer({ ...weak, dhparam: 'auto', ...identity('rsa'), ...options }, opened => {
    socket = opened
    opened.on('error', () => {})
    opened.on('data', bytes => opened.write(bytes))
    opened.on('end', () => opened.end())
  })
  server.on('tlsClientError', () => {})
  prepare?.(server)
  return {
    async meet({ hello, client: told, data = Buffer.from('ping'), first }) {
      socket = undefined
      const [near, far] = duplexPair()
      const record = recorder()
      const keyLogs = { client: [] as string[], server: [] as string[] }
      const logged = (line: Buffer) => keyLogs.server.push(line.toString().trim())
      server.on('keylog', logged)
      server.emit('connection', far)
      const sessions: Session[] = []
      const echoed: Buffer[] = []
      let cipher = ''
      let peer: Buffer | undefined
      let error: TlsError | undefined
      const writes = data instanceof Uint8Array ? [data] : data
      let missing = writes.reduce((sum, one) => sum + (one === 'update' ? 0 : one.length), 0)
      const over = Promise.withResolvers<void>()
      const client = new TlsClient({
        hello,
        ...permissive,
        verify: () => undefined,
        out: bytes => {
          record('to-server', bytes)
          near.write(Buffer.from(bytes))
        },
        keyLog: line => keyLogs.client.push(line.trim()),
        resumable: session => sessions.push(session),
        secured: () =>
          setImmediate(() => {
            if (client.state !== 'open') return
            first?.(client, socket)
            for (const one of writes) one === 'update' ? client.updateKeys(true) : client.write(one)
          }),
        data: plain => {
          echoed.push(Buffer.from(plain))
          missing -= plain.length
          if (missing > 0) return
          cipher = socket?.getCipher().standardName ?? ''
          peer = socket?.getPeerX509Certificate()?.raw
          client.close()
        },
        ended: () => over.resolve(),
        failed: problem => {
          error = problem
          over.resolve()
        },
        ...told,
      })
      near.on('data', (bytes: Buffer) => {
        record('to-client', bytes)
        for (const piece of pieces(bytes)) client.receive(piece)
      })
      near.on('end', () => over.resolve())
      client.start()
      await over.promise
      near.destroy()
      server.off('keylog', logged)
      const capture = { ...record(), keyLog: keyLogs.client }
      return { client, error, cipher, peer, echoed: Buffer.concat(echoed), sessions, capture, keyLogs, socket }
    },
  }
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + randomInt(randomInt(8) === 0 ? 8 : 4000)
    yield bytes.subarray(at, end)
    at = end
  }
}

interface Recorder {
  (way: 'to-server' | 'to-client', bytes: Buffer): void
  (): Omit<LegCapture, 'keyLog'>
}

function recorder(): Recorder {
  const chunks = { 'to-server': [] as WireChunk[], 'to-client': [] as WireChunk[] }
  const ends = { 'to-server': 0, 'to-client': 0 }
  return ((way?: 'to-server' | 'to-client', bytes: Buffer = Buffer.alloc(0)) => {
    if (!way)
      return { chunks, headers: { 'to-server': [], 'to-client': [] }, tlsStartsAt: { toServer: 0, toClient: 0 } }
    chunks[way].push({ at: performance.timeOrigin + performance.now(), offset: ends[way], bytes: Buffer.from(bytes) })
    ends[way] += bytes.length
    return undefined
  }) as Recorder
}
