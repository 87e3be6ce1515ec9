import { readHandshakeMessage } from '../read-message.ts'
import { tls13 } from '../registry/versions.ts'
import { Transcript } from '../transcript.ts'
import type { MessageValue } from '../values.ts'
import { ClientRecords } from './client-records.ts'
import { HandshakeMessages } from './handshake-messages.ts'
import type { SentHello } from './hello/sent-hello.ts'
import type { Refusal, TlsClientOptions } from './options.ts'
import { contentType, handshakeType, type Message, nothing, type Steps } from './protocol.ts'
import { ServerRecords } from './server-records.ts'
import { mayKeep, type ServerChain, type Session } from './session.ts'
import { alerts, fail, TlsError } from './tls-error.ts'
import type { Traffic } from './tls13/traffic.ts'

/**
 * What both sides have agreed on, as far as it has come; it stands as soon as the server says it, and is proved only when
 * the handshake is over. Numbers are IANA's.
 */
export interface Agreed {
  /** 0 before the ServerHello. */
  version: number
  cipherSuite: number
  group?: number | undefined
  /** What the server signed with; absent where it did not sign. */
  scheme?: number | undefined
  alpn?: string | undefined
  /** A HelloRetryRequest came. */
  retried: boolean
  resumed: boolean
  chain?: ServerChain | undefined
  /** The key of a delegated credential signed in place of the leaf's: RFC 9345. */
  delegated: boolean
  /** When that ends, in ms since the epoch; also of the session that is resumed. */
  provedUntil?: number | undefined
  extendedMasterSecret: boolean
  /** The server takes part in RFC 5746; always so in TLS 1.3, which does not renegotiate. */
  secureRenegotiation: boolean
}

const untold: Agreed = {
  version: 0,
  cipherSuite: 0,
  retried: false,
  resumed: false,
  delegated: false,
  extendedMasterSecret: false,
  secureRenegotiation: false,
}

/** What the parts of a handshake share: what was agreed, the transcript, and records and messages in both directions. */
export class ClientState {
  readonly options: TlsClientOptions
  readonly transcript = new Transcript()
  readonly server: ServerRecords
  readonly records: ClientRecords
  readonly messages = new HandshakeMessages()
  readonly agreed: Agreed = { ...untold }
  /** The hello that stands: after a HelloRetryRequest the second. */
  sent: SentHello
  /** TLS 1.3, once it stands. */
  traffic: Traffic | undefined
  /** Up to TLS 1.2: what the next renegotiation is bound to. */
  finished: { readonly client: Uint8Array; readonly server: Uint8Array } | undefined
  /** When the server had us renegotiate, in ms since the epoch. */
  renegotiated: readonly number[] = []
  /** Whether the server may send data now. */
  mayRead = false
  /** A verdict was asked for and has not come. */
  waiting = false
  verdict: Refusal | undefined

  constructor(options: TlsClientOptions, sent: SentHello) {
    this.options = options
    this.sent = sent
    this.server = new ServerRecords(options.passed)
    this.records = new ClientRecords(sent.hello.sessionId.length > 0)
  }

  get now(): number {
    return (this.options.now ?? Date.now)()
  }

  /** The value of a message that must be this one; it joins the transcript. Throws TlsError. */
  read<N extends MessageValue['name']>(message: Message, name: N, type: number): Extract<MessageValue, { name: N }> {
    const value = this.peruse(message, name, type)
    this.transcript.add(message.bytes)
    return value
  }

  /** The same, of a message that the transcript does not hold. */
  peruse<N extends MessageValue['name']>(message: Message, name: N, type: number): Extract<MessageValue, { name: N }> {
    if (message.type !== type) fail('unexpected-message', `handshake message ${message.type} in place of ${name}`)
    const { version, cipherSuite } = this.agreed
    const { value, malformed } = readHandshakeMessage(
      message.bytes,
      { version, cipherSuite, direction: 'to-client' },
      false,
    )
    if (malformed !== undefined || value.name !== name) return fail('decode-error', `${name}: ${malformed}`)
    return value as Extract<MessageValue, { name: N }>
  }

  /** Our handshake messages: told, in the transcript, and as records. */
  said(...messages: readonly Buffer[]): Buffer {
    for (const message of messages) this.say(message)
    return this.records.sealed(contentType.handshake, Buffer.concat(messages))
  }

  /** A handshake message of ours that goes out with others: told, and in the transcript. */
  say(message: Buffer): void {
    this.tell(true, message)
    this.transcript.add(message)
  }

  tell(toServer: boolean, bytes: Uint8Array): void {
    this.options.message?.(toServer, bytes)
  }

  /** Tells a secret in the format of a key log, under the random of the hello. */
  log(label: string, secret: Uint8Array): void {
    const { random } = this.sent.hello
    this.options.keyLog?.(`${label} ${Buffer.from(random).toString('hex')} ${Buffer.from(secret).toString('hex')}\n`)
  }

  /** Tells of a session that a later connection may resume. */
  keep(session: Session | undefined): void {
    if (session && mayKeep(session)) this.options.resumable?.(session)
  }

  /** RFC 8446 5.1: what the server says ends where it is our turn. */
  expectTurn(): void {
    if (this.messages.pending) fail('unexpected-message', 'the server goes on when it is our turn')
  }

  /**
   * Has the chain judged: its owner has proved that it has the key, or else will by reading the pre-master secret that is
   * sent next (RSA key exchange). Throws TlsError where it is refused.
   */
  *judged(): Steps {
    const { chain } = this.agreed
    if (!chain) return fail('internal-error', 'no chain to judge')
    let verdict = this.options.verify(chain)
    if (verdict === 'asked') {
      this.waiting = true
      const { type } = yield
      if (type !== handshakeType.verdict) fail('internal-error', 'the handshake goes on without a verdict')
      verdict = this.verdict
    }
    if (verdict) throw new TlsError(verdict.alert, verdict.why, 'certificate')
  }

  /** The alert of RFC 8446 6 that ends the connection, as a record; after a change_cipher_spec where one is due. */
  farewell(error: TlsError, inHandshake: boolean): Buffer {
    const { version } = this.agreed
    const level = error.alert === alerts['close-notify'] ? 1 : 2
    const compat = version === tls13 && inHandshake ? this.records.compat() : nothing
    return Buffer.concat([compat, this.records.sealed(contentType.alert, Buffer.of(level, error.alert))])
  }
}
