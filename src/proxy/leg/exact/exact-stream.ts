import { Duplex } from 'node:stream'
import { TlsClient, type TlsClientOptions } from '../../../wire/tls/client/tls-client.ts'
import type { TlsError } from '../../../wire/tls/client/tls-error.ts'
import { now } from '../../ports.ts'
import type { WireTap } from '../../socket/wire-tap.ts'
import type { RecordTeller } from './record-teller.ts'

type Own = 'out' | 'passed' | 'data' | 'writable' | 'ended' | 'failed' | 'secured'

export interface ExactStreamOptions extends Omit<TlsClientOptions, Own> {
  readonly tap: WireTap
  readonly toServer: RecordTeller
  readonly toClient: RecordTeller
  /** Told of every record of the server, before what is in it is. */
  readonly heard?: (bytes: Uint8Array, type: number | undefined) => void
}

const applicationData = 23
const mostStray = 65_536 // bytes that are told of them

/**
 * The server's TLS session as a stream, by Parley's own TLS client. It tells the tape of the records below it, so the tap
 * that it is put on need not. Emits `secureConnect` once the handshake is over; what fails is its `error`, told when what
 * came before has been read.
 */
export class ExactStream extends Duplex {
  readonly client: TlsClient
  readonly #tap: WireTap
  readonly #toServer: RecordTeller
  readonly #toClient: RecordTeller
  readonly #heard: ExactStreamOptions['heard']
  #wantsMore = true
  #socketIsFull = false
  /** Bytes that were no record, or came behind the end. */
  #stray = 0
  /** What waits for the client to take more. */
  #written: ((error?: Error) => void) | undefined
  /** close_notify or FIN came. */
  #hasEnd = false
  /** The connection below is over, or no longer of use: why, where that is to be told. */
  #over: { readonly error?: Error } | undefined

  constructor({ tap, toServer, toClient, heard, ...options }: ExactStreamOptions) {
    super({ allowHalfOpen: true })
    this.#tap = tap
    this.#toServer = toServer
    this.#toClient = toClient
    this.#heard = heard
    this.client = new TlsClient({
      ...options,
      out: (bytes, data) => this.#send(bytes, data),
      passed: (bytes, type) => this.#passed(bytes, type),
      data: plain => this.#take(plain),
      writable: () => this.#goOn(),
      ended: () => this.#end(),
      failed: error => this.#fail(error),
      secured: () => this.emit('secureConnect'),
    })
  }

  /** Says the hello, and listens. */
  start(): void {
    const tap = this.#tap
    tap.ignore()
    tap.on('data', (chunk: Buffer) => {
      this.client.receive(chunk)
      this.#toClient.flush()
    })
    tap.on('end', () => this.#ended())
    tap.on('error', (error: Error) => this.#leave(error))
    tap.on('close', () => {
      this.#toClient.whole(this.client.unfinished, now())
      this.#leave()
    })
    if (tap.destroyed) return void process.nextTick(() => this.#leave())
    this.client.start()
    tap.resume()
  }

  /** Nothing more is read until a verdict has come. */
  hold(): void {
    this.#tap.pause()
  }

  /** The verdict, as of TlsClient. */
  judge(refusal: Parameters<TlsClient['judge']>[0]): void {
    if (this.destroyed) return
    this.client.judge(refusal)
    this.#toClient.flush()
    if (this.#wantsMore && !this.destroyed) this.#tap.resume()
  }

  override read(size?: number): Buffer | null {
    const chunk: Buffer | null = super.read(size)
    if (this.#over) process.nextTick(() => this.#goIfRead())
    return chunk
  }

  override _read(): void {
    if (this.#wantsMore) return
    this.#wantsMore = true
    this.#tap.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#over || this.client.state === 'failed') return done() // the error is told by the reading side
    this.#socketIsFull = false
    this.#written = done
    if (!this.client.write(chunk)) {
      if (this.#hasEnd) this.#leave(gone()) // nobody will end the renegotiation that it waits for
      return
    }
    this.#written = undefined
    if (this.#socketIsFull) this.#tap.onceDrained(done)
    else done()
  }

  /** One write, of as few records as they fit in. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'latin1', done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.client.close()
    this.#tap.end(() => done())
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.client.state === 'failed')
      this.#tap.destroySoon() // the alert is on its way
    else this.#tap.destroy()
    if (this.#written) this.#goOn(error ?? gone())
    done(error)
  }

  #goOn(error?: Error): void {
    const written = this.#written
    this.#written = undefined
    written?.(error)
  }

  #send(bytes: Buffer, data: boolean): void {
    const at = now()
    if (data) this.#toServer.data(bytes, at)
    else this.#toServer.whole(bytes, at)
    this.#toServer.flush()
    if (!this.#tap.write(bytes)) this.#socketIsFull = true
  }

  /** Each record has a time of its own: what came of the one before it has been told meanwhile. */
  #passed(bytes: Uint8Array, type: number | undefined): void {
    const at = now()
    this.#heard?.(bytes, type)
    if (type === applicationData) return this.#toClient.data(bytes, at)
    if (type === undefined) this.#stray += bytes.length
    if (this.#stray > mostStray) this.#toClient.pass(bytes)
    else this.#toClient.whole(bytes, at)
  }

  #take(plain: Uint8Array): void {
    if (plain.length === 0 || this.push(plain) || !this.#wantsMore) return
    this.#wantsMore = false
    this.#tap.pause()
  }

  #fail(error: TlsError): void {
    this.#tap.end()
    this.#tap.pause()
    this.#leave(error)
  }

  /**
   * The server's FIN; without a close_notify before it, that is the end all the same once the session stands, unless it cuts
   * a record or a renegotiation.
   */
  #ended(): void {
    const { state, unfinished } = this.client
    if (state === 'handshake' || (state === 'open' && (unfinished.length > 0 || this.#written))) this.#leave(gone())
    else if (state === 'open') this.#end()
  }

  #end(): void {
    if (this.#hasEnd) return
    this.#hasEnd = true
    this.push(null)
  }

  #leave(error?: Error): void {
    if (this.#over) return
    this.#over = error ? { error } : {}
    if (!error && this.#hasEnd) this.once('end', () => this.destroy())
    this.#goIfRead()
  }

  /** What was read off the connection and waits for a reader is not lost. */
  #goIfRead(): void {
    const { error } = this.#over ?? {}
    if (this.readableLength === 0 && (error || this.readableEnded || !this.#hasEnd)) this.destroy(error)
  }
}

const gone = (): NodeJS.ErrnoException => Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
