import { tls13 } from '../registry/versions.ts'
import { afterwards } from './after/afterwards.ts'
import { keyUpdate } from './after/key-update.ts'
import { ClientState } from './client-state.ts'
import { handshake } from './handshake.ts'
import { ownShares } from './hello/own-hello.ts'
import { helloRecords } from './hello-records.ts'
import type { Refusal, TlsClientOptions } from './options.ts'
import { Patience } from './patience.ts'
import { contentType, handshakeType, type Message, nothing, type Steps } from './protocol.ts'
import { readServerAlert } from './server-alert.ts'
import type { OpenedRecord } from './server-records.ts'
import { type ServerChain, unexpired } from './session.ts'
import { alerts, fail, TlsError } from './tls-error.ts'

export type { Identity, Refusal, TlsClientOptions } from './options.ts'
export type { ServerChain, Session } from './session.ts'
export { TlsError, type TlsErrorCode, UnsupportedError } from './tls-error.ts'

const closeNotify = Buffer.of(1, 0)
const mostHeld = 1 << 20 // bytes that may be written during a renegotiation

/**
 * A TLS client that sends another client's ClientHello. No socket, no promise: bytes come in by `receive`, and go out by
 * `options.out`. The handshake is told downward in a generator that is handed one message after the other.
 */
export class TlsClient {
  readonly #options: TlsClientOptions
  readonly #client: ClientState
  readonly #patience = new Patience()
  #steps: Steps
  /** The first handshake, or one that renegotiates, is under way. */
  #shaking = true
  #state: 'handshake' | 'open' | 'ended' | 'failed' = 'handshake'
  #closeSent = false
  /** What the owner wrote during a renegotiation. */
  #held: Buffer[] = []
  #closeHeld = false

  /** Throws MalformedError where `options.hello` is no ClientHello. */
  constructor(options: TlsClientOptions) {
    this.#options = options
    const now = (options.now ?? Date.now)()
    const sent = ownShares(options.hello, unexpired(options.session, now), { now, ...options.changes })
    this.#client = new ClientState(options, sent)
    this.#steps = handshake(this.#client)
    this.#steps.next()
  }

  get state(): 'handshake' | 'open' | 'ended' | 'failed' {
    return this.#state
  }
  get sentHello(): Buffer {
    return this.#client.sent.message
  }
  get version(): number {
    return this.#client.agreed.version
  }
  get cipherSuite(): number {
    return this.#client.agreed.cipherSuite
  }
  get group(): number | undefined {
    return this.#client.agreed.group
  }
  get scheme(): number | undefined {
    return this.#client.agreed.scheme
  }
  get alpn(): string | undefined {
    return this.#client.agreed.alpn
  }
  get retried(): boolean {
    return this.#client.agreed.retried
  }
  get resumed(): boolean {
    return this.#client.agreed.resumed
  }
  get chain(): ServerChain | undefined {
    return this.#client.agreed.chain
  }
  /** RFC 9345: a key of less than a week has signed in place of the leaf's. */
  get delegated(): boolean {
    return this.#client.agreed.delegated
  }
  get extendedMasterSecret(): boolean {
    return this.#client.agreed.extendedMasterSecret
  }
  /** RFC 5746; true in TLS 1.3. */
  get secureRenegotiation(): boolean {
    return this.#client.agreed.secureRenegotiation
  }
  /** What came and was not passed: of a record that is not whole, and what waits for a verdict. */
  get unfinished(): Buffer {
    return this.#client.server.unfinished
  }

  /** Sends the ClientHello. */
  start(): void {
    const { sent } = this.#client
    this.#client.say(sent.message)
    const { recordVersion = 0x0301, recordLengths } = this.#options
    this.#options.out(helloRecords(sent.message, recordVersion, recordLengths), false)
  }

  /**
   * Takes bytes of the server. They may be reused by the caller afterwards. False where a verdict is awaited: what comes
   * until `judge` is kept, but not without bound.
   */
  receive(chunk: Buffer): boolean {
    this.#client.server.feed(chunk)
    this.#run()
    return this.#over || !this.#client.waiting
  }

  /** The verdict on the chain that `verify` was asked about; undefined trusts it. */
  judge(refusal: Refusal | undefined): void {
    if (!this.#client.waiting || this.#over) return
    this.#client.waiting = false
    this.#client.verdict = refusal
    this.#attempt(() => {
      this.#advance({ type: handshakeType.verdict, bytes: nothing })
      this.#messages()
    })
    this.#run()
  }

  /** Sends data, in one write for all its records. False where it is held until a renegotiation ends: see `writable`. */
  write(data: Uint8Array): boolean {
    if (this.#state === 'handshake' || this.#state === 'failed' || this.#closeSent) throw new Error('not open')
    if (!this.#shaking) {
      this.#send(data)
      return true
    }
    this.#held.push(Buffer.from(data))
    const bytes = this.#held.reduce((sum, { length }) => sum + length, 0)
    if (bytes > mostHeld + data.length)
      this.#attempt(() => fail('internal-error', 'the server renegotiates and does not end', 'flood'))
    return false
  }

  /** Sends close_notify. During the handshake that is the end. */
  close(): void {
    if (this.#held.length > 0 && this.#state === 'open') this.#closeHeld = true
    else if (!this.#closeSent && this.#state !== 'failed') {
      this.#closeSent = true
      if (this.#state === 'handshake') this.#state = 'ended'
      const { records } = this.#client
      if (records.sealer) this.#options.out(records.sealed(contentType.alert, closeNotify), false)
    }
  }

  /** Renews our keys, and with `request` asks the server to renew its own: RFC 8446 4.6.3. */
  updateKeys(request: boolean): void {
    const { traffic } = this.#client
    if (traffic && !this.#closeSent && this.#state !== 'failed')
      this.#options.out(keyUpdate(this.#client, traffic, request), false)
  }

  #send(data: Uint8Array): void {
    const { records } = this.#client
    if (records.exhausted || this.#client.traffic?.updateDue) this.updateKeys(false)
    this.#options.out(records.sealed(contentType.data, data), true)
  }

  get #over(): boolean {
    return this.#state === 'failed' || this.#state === 'ended'
  }

  #run(): void {
    const { server } = this.#client
    this.#attempt(() => {
      while (!this.#over && !this.#client.waiting) {
        const record = server.next()
        if (!record) return
        this.#record(record)
      }
      if (this.#client.waiting) server.hold()
    })
    if (this.#over) server.discard()
  }

  #attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#state === 'failed') return
    const known = error instanceof TlsError ? error : new TlsError(alerts['internal-error'], String(error))
    const mute = known.received || this.#closeSent
    const early = this.#state === 'handshake'
    this.#state = 'failed'
    this.#client.waiting = false
    this.#closeSent = true
    if (!mute) this.#options.out(this.#client.farewell(known, early), false)
    this.#options.failed(known)
  }

  #record({ type, content }: OpenedRecord): void {
    if (content.length === 0) {
      if (type !== contentType.data) fail('unexpected-message', `an empty record of type ${type}`)
      this.#patience.idle()
    }
    if (type !== contentType.handshake && this.#client.messages.pending)
      fail('unexpected-message', 'a handshake message is interrupted')
    switch (type) {
      case contentType.handshake:
        this.#client.messages.push(content)
        return this.#messages()
      case contentType.changeCipherSpec:
        return this.#changeCipherSpec(content)
      case contentType.alert:
        return this.#alert(content)
      case contentType.data:
        if (!this.#client.mayRead) fail('unexpected-message', 'data before the end of the handshake')
        if (content.length > 0) this.#patience.data()
        return this.#options.data(content)
      default:
        fail('unexpected-message', `a record of type ${type}`)
    }
  }

  #messages(): void {
    while (!this.#over && !this.#client.waiting) {
      const message = this.#client.messages.next()
      if (!message) return
      this.#client.tell(false, message.bytes)
      if (!this.#shaking) this.#afterwards(message)
      else if (this.#closeSent)
        continue // close_notify was our last word, amid a renegotiation too
      // RFC 5246 7.4.1.1: ignored while a handshake is under way.
      else if (message.type === handshakeType.helloRequest && this.version !== tls13) this.#ignore(message)
      else this.#advance(message)
    }
  }

  #ignore(message: Message): void {
    this.#client.peruse(message, 'hello_request', handshakeType.helloRequest)
    this.#patience.warning()
  }

  #advance(message: Message): void {
    const { server, messages } = this.#client
    const { opener } = server
    const { done } = this.#steps.next(message)
    if (opener !== server.opener && messages.pending)
      fail('unexpected-message', 'a message goes on behind a change of keys')
    if (done) this.#secured()
  }

  #secured(): void {
    this.#client.transcript.clear()
    this.#patience.secured()
    if (this.#state !== 'handshake') return this.#release()
    this.#shaking = false
    this.#state = 'open'
    this.#options.secured?.()
  }

  /** A renegotiation is over, or the server ends in the midst of it: what was held goes out. */
  #release(): void {
    this.#shaking = false
    const held = this.#held
    this.#held = []
    for (const data of held) this.#send(data)
    if (this.#closeHeld) this.close()
    if (held.length > 0) this.#options.writable?.()
  }

  #changeCipherSpec(content: Uint8Array): void {
    if (content.length !== 1 || content[0] !== 1) fail('unexpected-message', 'a change_cipher_spec that is none')
    // RFC 8446 5: before the ServerHello it can only be one that came behind a HelloRetryRequest.
    const early = this.version === 0 && !this.retried
    const late = !this.#shaking
    if (early || late) fail('unexpected-message', 'a change_cipher_spec out of place')
    this.#patience.idle()
    if (this.version !== 0 && this.version !== tls13)
      this.#advance({ type: handshakeType.changeCipherSpec, bytes: nothing })
  }

  #alert(content: Uint8Array): void {
    if (readServerAlert(content, this.version) === 'warning') return this.#patience.warning()
    if (this.#state === 'handshake')
      throw new TlsError(alerts['close-notify'], 'the server closed during the handshake', 'closed')
    this.#state = 'ended'
    if (this.#shaking) this.#release()
    this.#options.ended?.()
  }

  #afterwards(message: Message): void {
    const steps = afterwards(this.#client, this.#patience, message, !this.#closeSent)
    if (!steps) return
    steps.next()
    this.#steps = steps
    this.#shaking = true
  }
}
