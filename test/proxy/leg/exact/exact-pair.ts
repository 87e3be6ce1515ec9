import { readFileSync } from 'node:fs'
import { Duplex, duplexPair } from 'node:stream'
import tls, { type ConnectionOptions, TLSSocket, type TLSSocketOptions } from 'node:tls'
import { type ExactOptions, secureExactly } from '../../../../src/proxy/leg/exact/exact-upstream.ts'
import { JsTap } from '../../../../src/proxy/socket/js-tap.ts'
import { MemoryTape } from '../../memory-tape.ts'

const identities = new URL('../../../fixtures/tls-identities/', import.meta.url)
const pem = (name: string): Buffer => readFileSync(new URL(name, identities))

export const rsa = { cert: pem('rsa.pem'), key: pem('rsa.key.pem') }
export const ecdsa = { cert: pem('ecdsa.pem'), key: pem('ecdsa.key.pem') }

/** A ClientHello of OpenSSL's, with its four header bytes. */
export function helloOf(options: ConnectionOptions = {}): Buffer {
  let hello: Buffer | undefined
  const pipe = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      hello ??= Buffer.from(bytes.subarray(5))
      done()
    },
  })
  const socket = tls.connect({ socket: pipe, servername: 'origin.localhost', ...options })
  socket.on('error', () => {}).destroy()
  if (!hello) throw new Error('no hello')
  return hello
}

export const host = 'origin.localhost'

/** Parley's upstream leg in memory, and at its other end a server of OpenSSL's, or whoever writes to `far`. */
export function exactPair(options: Partial<ExactOptions> = {}, server?: TLSSocketOptions, tape = new MemoryTape()) {
  const [near, far] = duplexPair()
  const tap = new JsTap({ socket: near, tape, connection: 2, leg: 'upstream' })
  tap.on('error', () => {})
  const socket = server && new TLSSocket(far, { isServer: true, ...server })
  socket?.on('error', () => {})
  const result = secureExactly({
    ...{ tap, tape, connection: 2, host, serverName: host, hello: helloOf(), verify: true, timeout: 60_000 },
    ...{ oldestVersion: 0x0303, allowMacThenEncrypt: false, isRepeatable: true },
    judge: () => undefined,
    ...options,
  })
  return { result, tape, tap, near, far, server: socket as TLSSocket }
}
