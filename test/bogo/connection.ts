import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { type Identity, type Refusal, type Session, TlsClient } from '../../src/wire/tls/client/tls-client.ts'
import { certificatesIn, checkAgreed } from './expectations.ts'
import { Exporter } from './exporter.ts'
import type { Flags } from './flags.ts'

/** What is written to try how records are cut, in bytes. */
const sizes = [1, 255, 256, 257, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769]

/** ms that a runner has to read the alert of a client that failed, and to close */
const patience = 5000

const helloType = 1
const alert = { handshakeFailure: 40, certificateUnknown: 46, badStatusResponse: 113 } as const

/** The client did what it never may, whatever the test is about. */
export class Crash extends Error {}

export interface Asked {
  /** The app's ClientHello. */
  readonly hello: Buffer
  readonly flags: Flags
  /** Of a test with several connections, from 0. */
  readonly index: number
  /** To be resumed. */
  readonly session: Session | undefined
  /** ms since the epoch, as long as the connection lives */
  readonly now: number
}

/**
 * One connection of a test: the client on a socket, which answers what it reads with each byte turned over. Returns the
 * session that the next connection may resume. Throws where the connection fails, and Crash.
 */
export async function connect(asked: Asked): Promise<Session | undefined> {
  const connection = new Connection(asked)
  try {
    return await connection.run()
  } finally {
    connection.destroy()
  }
}

class Connection {
  readonly #asked: Asked
  readonly #flags: Flags
  readonly #client: TlsClient
  readonly #socket: net.Socket
  readonly #exporter = new Exporter()
  readonly #end = Promise.withResolvers<void>()
  #session: Session | undefined
  #renewed = false
  #hellos = 0
  /** close_notify came. */
  #closed = false
  /** close_notify was sent. */
  #shut = false
  /** The client failed. */
  #why: string | undefined

  constructor(asked: Asked) {
    this.#asked = asked
    this.#flags = asked.flags
    this.#session = asked.session
    const { hello, session, now } = asked
    const identity = identityOf(this.#flags)
    this.#socket = net.connect({ port: this.#flags.number('port')!, host: 'the runner', lookup: loopbacks })
    this.#client = new TlsClient({
      hello,
      recordVersion: 0x0301,
      oldestVersion: 0x0301,
      allowMacThenEncrypt: true,
      now: () => now,
      ...(session ? { session } : {}),
      ...(identity ? { identity } : {}),
      verify: () => this.#verify(),
      out: bytes => void this.#socket.write(bytes),
      keyLog: line => this.#exporter.keyLog(line),
      message: (toServer, bytes) => this.#message(toServer, bytes),
      resumable: next => this.#resumable(next),
      secured: () => this.#secured(),
      data: plain => this.#data(plain),
      ended: () => this.#ended(),
      failed: ({ received, alert, message }) =>
        this.#failed(`${received ? 'received' : 'sent'} alert ${alert}: ${message}`),
    })
  }

  async run(): Promise<Session | undefined> {
    const socket = this.#socket.setNoDelay(true)
    socket.on('connect', () => this.#start())
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#over())
    await this.#end.promise
    return this.#session
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #start(): void {
    if (this.#flags.has('shim-id')) {
      const id = Buffer.alloc(8)
      id.writeBigUInt64LE(BigInt(this.#flags.text('shim-id')!))
      this.#socket.write(id)
    }
    this.#client.start()
  }

  #receive(chunk: Buffer): void {
    try {
      this.#client.receive(chunk)
    } catch (error) {
      this.#end.reject(new Crash(`receive threw ${(error as Error).stack}`))
    }
  }

  /** Half of the tests have it judged later. */
  #verify(): Refusal | undefined | 'asked' {
    if (!this.#flags.has('async')) return this.#judged()
    setImmediate(() => this.#client.judge(this.#judged()))
    return 'asked'
  }

  #judged(): Refusal | undefined {
    const flags = this.#flags
    if (this.#client.resumed && !flags.has('reverify-on-resume')) return
    const custom = flags.has('use-custom-verify-callback')
    if (flags.has('verify-fail') && (flags.has('verify-peer') || custom))
      return { alert: custom ? alert.certificateUnknown : alert.handshakeFailure, why: 'the flags refuse the chain' }
    if (flags.has('fail-ocsp-callback'))
      return { alert: alert.badStatusResponse, why: 'the flags refuse the OCSP response' }
  }

  #message(toServer: boolean, bytes: Uint8Array): void {
    if (toServer && bytes[0] === helloType) this.#hellos++
    this.#exporter.message(toServer, bytes)
  }

  #resumable(session: Session): void {
    this.#session = session
    this.#renewed = true
  }

  #secured(): void {
    try {
      checkAgreed(this.#flags, this.#client, this.#asked.index > 0)
      this.#say(this.#exporter.asked(this.#flags, this.#client))
    } catch (error) {
      return this.#end.reject(error)
    }
    const tries = this.#flags.has('write-different-record-sizes')
    if (this.#flags.has('shim-writes-first')) this.#say(Buffer.from('hello'))
    if (tries) for (const size of sizes) this.#say(Buffer.alloc(size, 0x42))
    if (tries || this.#flags.has('shim-shuts-down')) this.#shutDown(!this.#flags.has('check-close-notify'))
  }

  #say(bytes: Buffer): void {
    if (bytes.length > 0) this.#client.write(bytes)
  }

  #data(plain: Uint8Array): void {
    if (this.#shut) return
    if (this.#flags.has('key-update') && plain.length > 0) this.#client.updateKeys(false)
    this.#say(Buffer.from(plain.map(byte => byte ^ 0xff)))
  }

  #ended(): void {
    this.#closed = true
    this.#shutDown(true)
  }

  #shutDown(socketToo: boolean): void {
    if (!this.#shut) this.#client.close()
    this.#shut = true
    if (socketToo) this.#socket.end()
  }

  #failed(why: string): void {
    this.#why = why
    this.#socket.end()
    setTimeout(() => this.#socket.destroy(), patience).unref()
  }

  /** The socket is closed. */
  #over(): void {
    const why = [
      this.#why,
      this.#client.state === 'handshake' && 'no handshake',
      this.#flags.has('expect-ticket-renewal') && !this.#renewed && 'no new session',
      this.#flags.has('check-close-notify') && !this.#closed && 'no close_notify',
      this.#hellos <= (this.#flags.number('expect-total-renegotiations') ?? 0) && 'no renegotiation',
    ].find(Boolean)
    if (why) this.#end.reject(new Error(why))
    else this.#end.resolve()
  }
}

/** Older runners listen on either and do not say on which. */
const loopbacks: net.LookupFunction = (_host, _options, found) =>
  found(null, [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ])

function identityOf(flags: Flags): Identity | undefined {
  const [certificate, key] = [flags.text('cert-file'), flags.text('key-file')]
  if (certificate === undefined || key === undefined) return
  return { certificates: certificatesIn(certificate), key: createPrivateKey(readFileSync(key)) }
}
