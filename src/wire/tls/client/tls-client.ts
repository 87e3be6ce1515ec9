import {
  constants,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicEncrypt,
  randomBytes,
  sign,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto'
import { readCertificate } from '../../x509/certificate.ts'
import { checkSignature, signedInTls13 } from '../checks/signature.ts'
import type { DerivedKey } from '../handshake.ts'
import { expandLabel } from '../hkdf.ts'
import { connectionKeys, masterSecret, nextSecret, trafficKeys } from '../keys.ts'
import { prf } from '../prf.ts'
import { readHandshakeMessage } from '../read-message.ts'
import { type RecordAlgorithm, recordAlgorithm } from '../record-algorithm.ts'
import { RecordCipher } from '../record-cipher.ts'
import { type CipherSuiteFacts, cipherSuiteFacts } from '../registry/cipher-suite-facts.ts'
import { Transcript } from '../transcript.ts'
import type { CertificateMessage, Extension, MessageValue, ServerHello } from '../values.ts'
import { finiteField, type KeyPair, keyPair } from './groups.ts'
import {
  handshake as framed,
  isGrease,
  list8,
  list16,
  list24,
  ownShares,
  type SentHello,
  secondHello,
  u16,
} from './hello.ts'
import { clearRecord, maxPlaintext, Opener, recordsPerKey, Sealer } from './records.ts'
import { Schedule, verifyData } from './schedule.ts'
import { TlsError } from './tls-error.ts'

const type = {
  helloRequest: 0,
  serverHello: 2,
  newSessionTicket: 4,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  certificateStatus: 22,
  keyUpdate: 24,
  compressedCertificate: 25,
  changeCipherSpec: -1,
  verdict: -2,
} as const
const content = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const
const headerLength = 5
const tls12 = 0x0303
const tls13 = 0x0304
const mostMessage = 1 << 18 // bytes of a handshake message; chains are below 100 KB
const mostIdle = 32 // records in a row that carry nothing
const mostUpdates = 32 // KeyUpdates and tickets without data between them
const day = 86_400 // s
const now = Date.now
const alpsTypes = new Set([17513, 17613])

export interface Identity {
  /** DER, leaf first */
  readonly certificates: readonly Uint8Array[]
  readonly key: KeyObject
}

/** What resumes a session: the PSK of a ticket (TLS 1.3), or the master secret of a ticket or session id. */
export interface Session {
  readonly version: number
  readonly cipherSuite: number
  readonly secret: Uint8Array
  readonly ticket?: Uint8Array
  readonly sessionId?: Uint8Array
  readonly ageAdd: number
  /** ms since the epoch */
  readonly receivedAt: number
  /** seconds */
  readonly lifetime: number
  readonly extendedMasterSecret: boolean
  readonly chain: ServerChain
  /** What proved it. */
  readonly scheme: number | undefined
}

export interface ServerChain {
  /** DER, leaf first; a raw public key where `rawKey`. */
  readonly certificates: readonly Uint8Array[]
  readonly rawKey: boolean
  /** Stapled. */
  readonly ocsp?: Uint8Array
}

/** Why a chain is not trusted, and the alert that tells the server so. */
export interface Refusal {
  readonly alert: number
  readonly why: string
}

export interface TlsClientOptions {
  /** The client's own ClientHello, its four header bytes included. */
  readonly hello: Uint8Array
  /** Of the record that it came in. */
  readonly recordVersion?: number
  /** Judges the server's chain; undefined trusts it. 'asked': nothing goes on until `judge` is called with the verdict. */
  readonly verify: (chain: ServerChain) => Refusal | undefined | 'asked'
  readonly identity?: Identity
  /** Where bytes for the server go; `data` where they are records of application data alone. */
  readonly out: (bytes: Buffer, data: boolean) => void
  /**
   * Every byte of the server, once and in order, before what is in it is told: a whole record with its content type as it
   * was decrypted, undefined for bytes that are no record. They are valid until the listener returns.
   */
  readonly passed?: (bytes: Uint8Array, type: number | undefined) => void
  readonly keyLog?: (line: string) => void
  readonly secured?: () => void
  readonly data: (plain: Uint8Array) => void
  /** close_notify came. */
  readonly ended?: () => void
  readonly failed: (error: TlsError) => void
  /** To be resumed, where the client's hello resumes too. */
  readonly session?: Session
  /** A session that a later connection may resume. */
  readonly resumable?: (session: Session) => void
  /** Every message in both directions, in clear. */
  readonly message?: (toServer: boolean, bytes: Uint8Array) => void
}

interface Message {
  readonly type: number
  readonly bytes: Uint8Array
}

const fail = (alert: number, message: string): never => {
  throw new TlsError(alert, message)
}

/**
 * A TLS client that sends another client's ClientHello. No socket, no clock, no promise: bytes come in by `receive`, and
 * go out by `options.out`. The handshake is told downward in a generator that is handed one message after the other.
 */
export class TlsClient {
  readonly #options: TlsClientOptions
  #sent: SentHello
  readonly #transcript = new Transcript()
  readonly #steps: Generator<undefined, void, Message>
  /** A record that chunks cut, as far as it came. */
  #partial: Buffer | undefined
  #partialLength = 0
  #message: Buffer = Buffer.alloc(0)
  #opener: Opener | undefined
  #sealer: Sealer | undefined
  #state: 'handshake' | 'open' | 'ended' | 'failed' = 'handshake'
  #version = 0
  #idle = 0
  #updates = 0
  #mayRead = false
  #largest = maxPlaintext
  #readSecret: Pick<DerivedKey, 'name' | 'value'> = { name: '', value: new Uint8Array(0) }
  #writeSecret: Pick<DerivedKey, 'name' | 'value'> = { name: '', value: new Uint8Array(0) }
  #algorithm: RecordAlgorithm | undefined
  /** TLS 1.3: resumption_master_secret */
  #resumption: Uint8Array = none
  /** A verdict was asked for and has not come: what the server says meanwhile is held. */
  #waiting = false
  #verdict: Refusal | undefined
  #held: Buffer = Buffer.alloc(0)
  #compatSent = false
  #closeSent = false
  // What was agreed
  cipherSuite = 0
  group: number | undefined
  scheme: number | undefined
  alpn: string | undefined
  retried = false
  resumed = false
  chain: ServerChain | undefined
  extendedMasterSecret = false

  constructor(options: TlsClientOptions) {
    this.#options = options
    this.#sent = ownShares(options.hello, options.session)
    this.#steps = this.#handshake()
    this.#steps.next()
  }

  get version(): number {
    return this.#version
  }
  get state(): string {
    return this.#state
  }
  get sentHello(): Buffer {
    return this.#sent.message
  }

  /** Sends the ClientHello. */
  start(): void {
    this.#tell(true, this.#sent.message)
    this.#transcript.add(this.#sent.message)
    this.#options.out(clearRecord(content.handshake, this.#options.recordVersion ?? 0x0301, this.#sent.message), false)
  }

  // ---- records in

  /** Takes bytes of the server. They may be reused by the caller afterwards. */
  receive(chunk: Buffer): void {
    if (this.#over()) return
    if (this.#waiting) {
      this.#held = Buffer.concat([this.#held, chunk])
      return
    }
    try {
      let at = 0
      while (at < chunk.length && !this.#over()) {
        if (this.#waiting) {
          this.#held = Buffer.from(chunk.subarray(at))
          return
        }
        const left = chunk.length - at
        if (this.#partialLength === 0 && left >= headerLength) {
          const length = headerLength + this.#lengthIn(chunk, at)
          if (left >= length) {
            this.#record(chunk.subarray(at, at + length))
            at += length
            continue
          }
        }
        at = this.#gather(chunk, at)
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The verdict on the chain that `verify` was asked about; undefined trusts it. */
  judge(refusal: Refusal | undefined): void {
    if (!this.#waiting || this.#over()) return
    this.#waiting = false
    this.#verdict = refusal
    const held = this.#held
    this.#held = Buffer.alloc(0)
    try {
      this.#advance({ type: type.verdict, bytes: none })
      this.#pieces(none)
    } catch (error) {
      return this.#fail(error)
    }
    if (held.length > 0) this.receive(held)
  }

  /** What came of a record that is not whole. */
  get unfinished(): Buffer {
    return this.#partial?.subarray(0, this.#partialLength) ?? none
  }

  /** Takes what it can of a record that chunks cut, and reads it where it is whole; returns where the chunk goes on. */
  #gather(chunk: Buffer, at: number): number {
    this.#partial ??= Buffer.allocUnsafe(headerLength + maxPlaintext + 2048)
    const partial = this.#partial
    const header = this.#partialLength < headerLength
    const end = header ? headerLength : headerLength + this.#lengthIn(partial, 0)
    const took = chunk.copy(partial, this.#partialLength, at, at + end - this.#partialLength)
    this.#partialLength += took
    if (header && this.#partialLength === headerLength) this.#lengthIn(partial, 0) // what is no record is refused at once
    if (!header && this.#partialLength === end) {
      this.#partialLength = 0
      this.#record(partial.subarray(0, end))
    }
    return at + took
  }

  /** How long the record is whose header is at `at`. */
  #lengthIn(bytes: Buffer, at: number): number {
    const length = (bytes[at + 3]! << 8) | bytes[at + 4]!
    if (bytes[at + 1] !== 3 || bytes[at]! < 20 || bytes[at]! > 24) fail(70, 'the server does not speak TLS')
    if (length > maxPlaintext + (this.#version === tls13 ? 256 : 2048)) fail(22, `a record of ${length} bytes`)
    return length
  }

  #over(): boolean {
    return this.#state === 'failed' || this.#state === 'ended'
  }

  #record(record: Buffer): void {
    const outer = record[0]!
    if (outer === content.changeCipherSpec) {
      this.#options.passed?.(record, outer)
      return this.#changeCipherSpec(record)
    }
    const opened = this.#opened(record, outer)
    this.#options.passed?.(record, opened.type)
    this.#content(opened)
  }

  #opened(record: Buffer, outer: number): { readonly type: number; readonly content: Uint8Array } {
    try {
      return this.#open(record, outer)
    } catch (error) {
      this.#options.passed?.(record, outer)
      throw error
    }
  }

  #open(record: Buffer, outer: number): { readonly type: number; readonly content: Uint8Array } {
    return this.#opener
      ? this.#version === tls13 && outer !== content.data
        ? fail(10, `a record of type ${outer} in clear`)
        : this.#opener.open(record)
      : { type: outer, content: record.subarray(5) }
  }

  #content(opened: { readonly type: number; readonly content: Uint8Array }): void {
    if (opened.content.length > maxPlaintext) fail(22, 'more than 16,384 bytes in a record')
    if (opened.content.length === 0) {
      if (opened.type !== content.data || ++this.#idle > mostIdle) fail(10, 'empty records')
    } else if (opened.type === content.data) {
      this.#idle = 0
      this.#updates = 0
    }
    if (this.#message.length > 0 && opened.type !== content.handshake) fail(10, 'a handshake message is interrupted')
    switch (opened.type) {
      case content.handshake:
        return this.#pieces(opened.content)
      case content.alert:
        return this.#alert(opened.content)
      case content.data:
        if (!this.#opener || !this.#mayRead) fail(10, 'data before the end of the handshake')
        return this.#options.data(opened.content)
      default:
        fail(10, `a record of type ${opened.type}`)
    }
  }

  #changeCipherSpec(record: Buffer): void {
    if (record.length !== 6 || record[5] !== 1) fail(10, 'a change_cipher_spec that is none')
    if (this.#message.length > 0) fail(10, 'a handshake message is interrupted')
    if (this.#state !== 'handshake' || this.#version === 0) {
      // RFC 8446 5: before the ServerHello it can only be one that came behind a HelloRetryRequest.
      if (this.#state !== 'handshake' || !this.retried) fail(10, 'a change_cipher_spec out of place')
    }
    if (++this.#idle > mostIdle) fail(10, 'too many change_cipher_spec')
    if (this.#version !== 0 && this.#version !== tls13) this.#step({ type: type.changeCipherSpec, bytes: none })
  }

  #pieces(piece: Uint8Array): void {
    this.#message = Buffer.concat([this.#message, piece])
    while (this.#message.length >= 4) {
      const end = 4 + this.#message.readUIntBE(1, 3)
      if (end > mostMessage) fail(50, `a handshake message of ${end} bytes`)
      if (this.#message.length < end) return
      const bytes = this.#message.subarray(0, end)
      this.#message = this.#message.subarray(end)
      const opener = this.#opener
      this.#step({ type: bytes[0]!, bytes })
      // RFC 8446 5.1: keys change between records only.
      if (opener !== this.#opener && this.#message.length > 0) fail(10, 'a message goes on behind a change of keys')
      if (this.#over() || this.#waiting) return
    }
  }

  #step(message: Message): void {
    if (message.type !== type.changeCipherSpec) this.#tell(false, message.bytes)
    if (this.#state === 'open') return this.#afterwards(message)
    if (message.type === type.helloRequest && this.#version !== tls13) return // RFC 5246 7.4.1.1: ignored meanwhile
    this.#advance(message)
  }

  #advance(message: Message): void {
    if (this.#steps.next(message).done && this.#state === 'handshake') {
      this.#state = 'open'
      this.#idle = 0
      this.#options.secured?.()
    }
  }

  #alert(bytes: Uint8Array): void {
    if (bytes.length !== 2) fail(50, 'an alert of another length than two bytes')
    const [level, description = 0] = bytes
    if (level !== 1 && level !== 2) fail(47, `an alert of level ${level}`)
    if (description === 0) {
      if (this.#state !== 'open') throw new TlsError(0, 'the server closed during the handshake', true)
      this.#state = 'ended'
      this.#options.ended?.()
      return
    }
    const warning = this.#version === tls13 ? description === 90 : level === 1
    if (!warning) throw new TlsError(description, `the server sent alert ${description}`, true)
    if (++this.#idle > 4) fail(10, 'too many warnings')
  }

  // ---- records out

  /** Sends data; one write for all the records it makes. */
  write(data: Uint8Array): void {
    if (this.#state === 'handshake' || this.#state === 'failed' || this.#closeSent) throw new Error('not open')
    this.#options.out(this.#sealed(content.data, data), true)
  }

  /** Sends close_notify. */
  close(): void {
    if (this.#closeSent || this.#state === 'failed' || !this.#sealer) return
    this.#closeSent = true
    this.#options.out(this.#sealed(content.alert, Buffer.of(1, 0)), false)
  }

  #sealed(kind: number, data: Uint8Array): Buffer {
    const sealer = this.#sealer
    if (!sealer) {
      const whole = Buffer.from(data)
      return clearRecord(kind, Math.min(this.#version || tls12, tls12), whole)
    }
    if (sealer.sealed > recordsPerKey && this.#version === tls13) {
      const update = this.#updated(false)
      return Buffer.concat([update, this.#sealed(kind, data)])
    }
    const count = Math.max(1, Math.ceil(data.length / this.#largest))
    const out = Buffer.allocUnsafe(data.length + count * sealer.overhead)
    let end = 0
    for (let at = 0; at === 0 || at < data.length; at += this.#largest)
      end = sealer.seal(kind, data.length <= this.#largest ? data : data.subarray(at, at + this.#largest), out, end)
    return out.subarray(0, end)
  }

  /** Handshake messages of ours: told, counted, and as records. */
  #said(...messages: readonly Buffer[]): Buffer {
    for (const message of messages) {
      this.#tell(true, message)
      this.#transcript.add(message)
    }
    return this.#sealed(content.handshake, Buffer.concat(messages))
  }

  #compat(): Buffer {
    // RFC 8446 D.4, where the client's hello asks for it by its session id
    if (this.#compatSent || this.#sent.hello.sessionId.length === 0) return none
    this.#compatSent = true
    return clearRecord(content.changeCipherSpec, tls12, Buffer.of(1))
  }

  #fail(error: unknown): void {
    const known = error instanceof TlsError ? error : new TlsError(80, (error as Error).message)
    const alert = Buffer.of(2, known.alert)
    if (!known.received && !this.#closeSent) {
      this.#closeSent = true
      const compat = this.#version === tls13 && this.#state === 'handshake' ? this.#compat() : none
      this.#options.out(Buffer.concat([compat, this.#sealed(content.alert, alert)]), false)
    }
    this.#state = 'failed'
    this.#options.failed(known)
  }

  // ---- the handshake

  *#handshake(): Generator<undefined, void, Message> {
    const offer = () => this.#sent.hello
    let first = yield
    let hello = serverHello(first)
    this.#echoes(hello.extensions, hello.retry ? [44] : [])
    this.#onlyOwn(hello)
    if (hello.retry) {
      const { cipherSuite, selectedGroup } = hello
      this.#checkSuite(hello, tls13)
      const cookie = hello.extensions.find(({ type }) => type === 44)?.data
      if (selectedGroup === undefined && !cookie) fail(47, 'a HelloRetryRequest that changes nothing')
      if (selectedGroup !== undefined) {
        if (!offer().supportedGroups?.includes(selectedGroup) || isGrease(selectedGroup))
          fail(47, 'a group that was not offered')
        if (offer().keyShares?.some(({ group }) => group === selectedGroup)) fail(47, 'a group whose share was sent')
        if (!keyPair(selectedGroup)) throw new UnsupportedError(`group ${selectedGroup}`)
      }
      this.#nothingBehind()
      this.retried = true
      const hash = cipherSuiteFacts(cipherSuite)!.prfHash
      this.#transcript.retry(hash)
      this.#transcript.add(first.bytes)
      this.#sent = secondHello(this.#sent, selectedGroup, cookie && cookieOf(cookie), hash, this.#transcript.messages)
      const compat = this.#compat()
      this.#options.out(Buffer.concat([compat, this.#said(this.#sent.message)]), false)
      first = yield
      hello = serverHello(first)
      if (hello.retry) fail(10, 'a second HelloRetryRequest')
      this.#echoes(hello.extensions, [])
      this.#onlyOwn(hello)
      if (hello.cipherSuite !== cipherSuite) fail(47, 'another suite than the HelloRetryRequest')
      if (hello.selectedVersion !== tls13) fail(47, 'another version than the HelloRetryRequest')
      if (selectedGroup !== undefined && hello.keyShare?.group !== selectedGroup)
        fail(47, 'another group than the HelloRetryRequest')
    }
    this.#transcript.add(first.bytes)
    const version = hello.selectedVersion ?? hello.legacyVersion
    const versions = offer().supportedVersions ?? upTo(offer().legacyVersion)
    if (!versions.includes(version) || (hello.selectedVersion !== undefined && version !== tls13))
      fail(70, `version ${version.toString(16)}`)
    const sentinel = Buffer.from(hello.random.subarray(24)).toString('latin1')
    if (version < tls13 && versions.includes(tls13) && /^DOWNGRD[\0\x01]$/.test(sentinel))
      fail(47, 'the downgrade sentinel')
    if (version < tls12 && /^DOWNGRD\0$/.test(sentinel)) fail(47, 'the downgrade sentinel')
    const facts = this.#checkSuite(hello, version)
    this.#version = version
    this.cipherSuite = hello.cipherSuite
    const algorithm = recordAlgorithm(facts, version)
    this.#algorithm = algorithm
    if (RecordCipher.unsupported(algorithm) !== undefined || algorithm.kind === 'null')
      throw new UnsupportedError(`cipher ${algorithm.cipher}`)
    if (version === tls13) yield* this.#handshake13(hello, algorithm)
    else yield* this.#handshake12(hello, facts, algorithm)
  }

  #checkSuite(hello: ServerHello, version: number): CipherSuiteFacts {
    const { cipherSuites, sessionId } = this.#sent.hello
    const facts = cipherSuiteFacts(hello.cipherSuite)
    if (!cipherSuites.includes(hello.cipherSuite) || !facts)
      return fail(47, `suite ${hello.cipherSuite.toString(16)}, which was not offered`)
    if ((facts.kx === 'tls13') !== (version === tls13)) fail(47, 'a suite of another version')
    if (version < tls12 && (facts.mac === 'aead' || facts.mac === 'sha256' || facts.mac === 'sha384'))
      fail(47, 'a suite of TLS 1.2')
    if (hello.compressionMethod !== 0) fail(47, 'compression')
    if (version === tls13 && !same(hello.sessionId, sessionId)) fail(47, 'another session id')
    if (version === tls13 && hello.legacyVersion !== tls12) fail(47, 'another legacy_version')
    if (
      version < tls13 &&
      hello.sessionId.length > 0 &&
      same(hello.sessionId, sessionId) &&
      this.#sent.session?.version !== version
    )
      fail(47, 'a session that was not offered')
    return facts
  }

  /** RFC 8446 4.2: a server answers only what was asked, and once. */
  #echoes(extensions: readonly Extension[], more: readonly number[]): void {
    const asked = new Set([...this.#sent.hello.extensions.map(({ type }) => type), ...more])
    if (this.#sent.hello.cipherSuites.includes(0x00ff)) asked.add(0xff01)
    const seen = new Set<number>()
    for (const { type } of extensions) {
      if (!asked.has(type)) fail(110, `extension ${type}, which was not asked for`)
      if (seen.has(type)) fail(47, `extension ${type} twice`)
      seen.add(type)
    }
  }

  /** RFC 8446 4.2: the ServerHello and HelloRetryRequest of TLS 1.3 carry few of the extensions. */
  #onlyOwn({ extensions, retry, selectedVersion }: ServerHello): void {
    if (selectedVersion !== tls13) return
    for (const { type } of extensions)
      if (!(retry ? inRetry : inHello).has(type)) fail(110, `extension ${type} in clear`)
  }

  #nothingBehind(): void {
    if (this.#message.length > 0) fail(10, 'the server goes on when it is our turn')
  }

  *#handshake13(hello: ServerHello, algorithm: RecordAlgorithm): Generator<undefined, void, Message> {
    const hash = algorithm.prfHash as 'sha256' | 'sha384'
    const { session } = this.#sent
    if (hello.selectedPsk !== undefined && (hello.selectedPsk !== 0 || session?.version !== tls13))
      fail(47, 'a PSK that was not offered')
    const resumed = hello.selectedPsk === undefined ? undefined : session
    if (resumed && cipherSuiteFacts(resumed.cipherSuite)?.prfHash !== hash)
      fail(47, 'a suite whose hash is not that of the PSK')
    this.resumed = resumed !== undefined
    const far = hello.keyShare ?? fail(109, 'no key_share')
    const pair = this.#sent.pairs.get(far.group)
    if (!pair && this.#sent.foreign.has(far.group)) throw new UnsupportedError(`group ${far.group}`)
    if (!pair) return fail(47, 'a group whose share was not sent')
    this.group = far.group
    const schedule = new Schedule(hash, resumed?.secret)
    schedule.advance(agree(pair, far.keyExchange))
    const soFar = (): Uint8Array => this.#transcript.hash(hash)
    const hello2 = soFar()
    const clientSecret = schedule.derive('c hs traffic', hello2)
    const serverSecret = schedule.derive('s hs traffic', hello2)
    this.#logged('CLIENT_HANDSHAKE_TRAFFIC_SECRET', clientSecret)
    this.#logged('SERVER_HANDSHAKE_TRAFFIC_SECRET', serverSecret)
    this.#opener = opener('server_handshake_traffic_secret', serverSecret, algorithm)
    this.#sealer = sealer('client_handshake_traffic_secret', clientSecret, algorithm) // for an alert; RFC 8446 5.2

    let next = yield
    const extensions = this.#read(next, 'encrypted_extensions', type.encryptedExtensions).extensions
    this.#echoes(extensions.extensions, [])
    for (const { type } of extensions.extensions)
      if (misplaced.has(type)) fail(47, `extension ${type} in EncryptedExtensions`)
    this.#agreedAlpn(extensions.alpn)
    this.#limits(extensions.extensions)
    const alps = extensions.extensions.find(({ type }) => alpsTypes.has(type))
    if (alps && this.alpn === undefined) fail(47, 'application settings of no protocol')
    const rawKey = extensions.extensions.find(({ type }) => type === 20)?.data[0] === 2

    next = yield
    let request: { context: Uint8Array; algorithms: readonly number[] } | undefined
    if (resumed) {
      this.chain = resumed.chain
      this.scheme = resumed.scheme
    } else if (next.type === type.certificateRequest) {
      const { context = none, signatureAlgorithms } = this.#read(
        next,
        'certificate_request',
        type.certificateRequest,
      ).request
      if (context.length > 0) fail(47, 'a certificate_request_context during the handshake')
      if (signatureAlgorithms.length === 0) fail(109, 'a CertificateRequest without signature_algorithms')
      request = { context, algorithms: signatureAlgorithms }
      next = yield
    }
    if (!resumed) {
      this.chain = chainOf(this.#certificate(next), rawKey)
      next = yield
      const before = soFar()
      const { algorithm: scheme, signature } = this.#read(next, 'certificate_verify', type.certificateVerify).verify
      this.#checkUsage('digitalSignature')
      this.#checkSigned(scheme, signature, [signedInTls13('to-client', before)])
      this.scheme = scheme
      next = yield
    }
    const expected = verifyData(hash, serverSecret, soFar())
    const { verifyData: finished } = this.#read(next, 'finished', type.finished)
    if (!same(finished, expected)) fail(51, 'the verify_data of the server is wrong')
    yield* this.#judged()

    schedule.advance()
    const whole = soFar()
    const clientData = schedule.derive('c ap traffic', whole)
    const serverData = schedule.derive('s ap traffic', whole)
    this.#logged('CLIENT_TRAFFIC_SECRET_0', clientData)
    this.#logged('SERVER_TRAFFIC_SECRET_0', serverData)
    this.#logged('EXPORTER_SECRET', schedule.derive('exp master', whole))
    this.#opener = opener('server_application_traffic_secret_0', serverData, algorithm)
    this.#readSecret = { name: 'server_application_traffic_secret_0', value: serverData }
    this.#writeSecret = { name: 'client_application_traffic_secret_0', value: clientData }

    const compat = this.#compat()
    const flight: Buffer[] = []
    const say = (message: Buffer): void => {
      this.#tell(true, message)
      this.#transcript.add(message)
      flight.push(message)
    }
    if (alps) say(framed(type.encryptedExtensions, list16(Buffer.concat([u16(alps.type), list16(none)]))))
    if (request) {
      const identity = this.#options.identity
      const scheme = identity && schemeFor(identity.key, request.algorithms, true)
      const certificates = scheme ? identity.certificates : []
      say(
        framed(
          type.certificate,
          Buffer.concat([
            list8(request.context),
            list24(Buffer.concat(certificates.map(der => Buffer.concat([list24(der), u16(0)])))),
          ]),
        ),
      )
      if (scheme && identity) {
        const signature = signed(identity.key, scheme, signedInTls13('to-server', soFar()))
        say(framed(type.certificateVerify, Buffer.concat([u16(scheme), list16(signature)])))
      }
    }
    say(framed(type.finished, verifyData(hash, clientSecret, soFar())))
    this.#options.out(Buffer.concat([compat, this.#sealed(content.handshake, Buffer.concat(flight))]), false)
    this.#sealer = sealer('client_application_traffic_secret_0', clientData, algorithm)
    this.#resumption = schedule.derive('res master', soFar())
    this.#mayRead = true
  }

  #certificate(message: Message): CertificateMessage {
    if (message.type === type.compressedCertificate) {
      const offered = this.#sent.hello.extensions.find(({ type }) => type === 27)?.data
      const { algorithm, certificate } = this.#read(message, 'compressed_certificate', type.compressedCertificate)
      let known = false
      for (let at = 1; offered && at + 1 < offered.length; at += 2)
        known ||= ((offered[at]! << 8) | offered[at + 1]!) === algorithm
      if (!known) fail(47, `certificate compression ${algorithm}, which was not offered`)
      return certificate ?? fail(42, 'a compressed certificate that cannot be read')
    }
    const { certificate } = this.#read(message, 'certificate', type.certificate)
    if (this.#version === tls13) this.#entryExtensions(message.bytes.subarray(4))
    if (this.#version === tls13 && (certificate.context?.length ?? 0) > 0) fail(47, 'a certificate_request_context')
    return certificate
  }

  /** RFC 8446 4.4.2: an answer to what the hello asked, once, in each entry. */
  #entryExtensions(body: Uint8Array): void {
    for (let at = 1 + body[0]! + 3; at < body.length; ) {
      at += 3 + ((body[at]! << 16) | (body[at + 1]! << 8) | body[at + 2]!)
      const end = at + 2 + ((body[at]! << 8) | body[at + 1]!)
      const found: Extension[] = []
      for (at += 2; at < end; ) {
        const length = (body[at + 2]! << 8) | body[at + 3]!
        found.push({ type: (body[at]! << 8) | body[at + 1]!, data: body.subarray(at + 4, at + 4 + length), start: at })
        at += 4 + length
      }
      this.#echoes(found, [])
      for (const { type } of found)
        if (!inCertificate.has(type)) fail(type === 34 ? 80 : 110, `extension ${type} of a certificate`)
    }
  }

  /** Refuses a signature that the client's hello would not take, that does not fit the key, or that is wrong. */
  #checkSigned(scheme: number | undefined, signature: Uint8Array, signed: readonly Uint8Array[]): void {
    const leaf = this.chain?.certificates[0] ?? fail(10, 'no certificate')
    if (scheme !== undefined) {
      if (!this.#sent.hello.signatureAlgorithms?.includes(scheme) || isGrease(scheme))
        fail(47, `signature scheme ${scheme}, which was not offered`)
      const key = keyOf(this.chain!)
      if (this.#version === tls13 && !fits13(scheme, key)) fail(47, `signature scheme ${scheme} does not fit the key`)
    }
    const check = checkSignature({ algorithm: scheme, signature, certificate: leaf, signed, covers: '' })
    if (check.passed !== true) fail(51, `the signature of the server: ${check.detail}`)
  }

  /** RFC 5280 4.2.1.3: the key must be meant for what it was used for. */
  #checkUsage(usage: 'digitalSignature' | 'keyEncipherment'): void {
    const { certificates, rawKey } = this.chain!
    if (rawKey) return
    let allowed: readonly string[]
    try {
      allowed = readCertificate(certificates[0]!).keyUsage
    } catch {
      return fail(42, 'a certificate that cannot be read')
    }
    if (allowed.length > 0 && !allowed.includes(usage)) fail(47, `a certificate whose key is not for ${usage}`)
  }

  /** Has the chain judged once its owner has proved that it has the key. */
  *#judged(): Generator<undefined, void, Message> {
    let verdict: Refusal | 'asked' | undefined = this.chain && this.#options.verify(this.chain)
    if (verdict === 'asked') {
      this.#waiting = true
      yield
      verdict = this.#verdict
    }
    if (verdict) fail(verdict.alert, verdict.why)
  }

  #agreedAlpn(alpn: string | undefined): void {
    if (alpn !== undefined && !this.#sent.hello.alpn?.includes(alpn)) fail(47, 'an ALPN name that was not offered')
    this.alpn = alpn
  }

  /** RFC 8449: how much a record of ours may hold. RFC 6066 4. */
  #limits(extensions: readonly Extension[]): void {
    const limit = extensions.find(({ type }) => type === 28)?.data
    if (limit) {
      const bytes = limit.length === 2 ? (limit[0]! << 8) | limit[1]! : 0
      if (bytes < 64) fail(47, `a record size limit of ${bytes}`)
      this.#largest = Math.min(maxPlaintext, this.#version === tls13 ? bytes - 1 : bytes)
    }
    const fragment = extensions.find(({ type }) => type === 1)?.data[0]
    if (fragment !== undefined) this.#largest = 256 << fragment
  }

  *#handshake12(
    hello: ServerHello,
    facts: CipherSuiteFacts,
    algorithm: RecordAlgorithm,
  ): Generator<undefined, void, Message> {
    const version = this.#version
    const offer = this.#sent.hello
    const has = (type: number): Extension | undefined => hello.extensions.find(extension => extension.type === type)
    this.extendedMasterSecret = has(23) !== undefined
    const secure = has(0xff01)
    if (secure && !same(secure.data, Buffer.of(0))) fail(40, 'renegotiation_info of another connection')
    for (const { type } of hello.extensions)
      if (only13.has(type)) fail(110, `extension ${type}, which is one of TLS 1.3`)
    if (has(0x3374) || has(0x7550)) throw new UnsupportedError('NPN or Channel ID')
    this.#agreedAlpn(hello.alpn)
    this.#limits(hello.extensions)

    let next = yield
    const { session } = this.#sent
    if (session && hello.sessionId.length > 0 && same(hello.sessionId, offer.sessionId))
      return yield* this.#resume12(hello, algorithm, session, next)
    this.chain = chainOf(this.#certificate(next), false)
    if (!fits12(facts, keyOf(this.chain))) fail(47, 'a suite that does not fit the key of the certificate')
    next = yield
    if (next.type === type.certificateStatus && has(5)) {
      const { responses } = this.#read(next, 'certificate_status', type.certificateStatus)
      this.chain = { ...this.chain, ...(responses[0] ? { ocsp: responses[0] } : {}) }
      next = yield
    }
    let preMaster: Uint8Array
    let keyExchange: Buffer
    this.#checkUsage(facts.kx === 'rsa' ? 'keyEncipherment' : 'digitalSignature')
    if (facts.kx === 'rsa') {
      const [major, minor] = u16(offer.legacyVersion)
      preMaster = Buffer.concat([Buffer.of(major!, minor!), randomBytes(46)])
      keyExchange = list16(publicEncrypt({ key: keyOf(this.chain), padding: constants.RSA_PKCS1_PADDING }, preMaster))
    } else {
      const { exchange } = this.#read(next, 'server_key_exchange', type.serverKeyExchange)
      const { signature, signedParameters, publicKey } = exchange
      if (!signature || !signedParameters || !publicKey) return fail(47, 'an anonymous server')
      if (version >= tls12) this.scheme = exchange.algorithm
      this.#checkSigned(version >= tls12 ? exchange.algorithm : undefined, signature, [
        offer.random,
        hello.random,
        signedParameters,
      ])
      let pair: KeyPair | undefined
      if (facts.kx === 'ecdhe') {
        if (exchange.group === undefined || (offer.supportedGroups && !offer.supportedGroups.includes(exchange.group)))
          fail(47, 'a curve that was not offered')
        this.group = exchange.group
        pair = keyPair(exchange.group!)
        if (!pair) throw new UnsupportedError(`group ${exchange.group}`)
        keyExchange = list8(pair.share)
      } else if (facts.kx === 'dhe' && exchange.prime && exchange.generator) {
        if (exchange.prime.length < 256) fail(71, `a Diffie-Hellman prime of ${exchange.prime.length * 8} bits`)
        pair = finiteField(exchange.prime, exchange.generator)
        keyExchange = list16(pair.share)
      } else throw new UnsupportedError(`key exchange ${facts.kx}`)
      preMaster = agree(pair, publicKey)
      if (facts.kx === 'dhe')
        preMaster = preMaster.subarray(
          Math.max(
            0,
            preMaster.findIndex(byte => byte !== 0),
          ),
        ) // RFC 5246 8.1.2
      next = yield
    }
    let request: { schemes: readonly number[] } | undefined
    if (next.type === type.certificateRequest) {
      request = {
        schemes: this.#read(next, 'certificate_request', type.certificateRequest).request.signatureAlgorithms,
      }
      next = yield
    }
    this.#read(next, 'server_hello_done', type.serverHelloDone)
    this.#nothingBehind()
    yield* this.#judged()

    const flight: Buffer[] = []
    const identity = this.#options.identity
    const scheme = request && identity && (version >= tls12 ? schemeFor(identity.key, request.schemes, false) : 0)
    if (request)
      flight.push(
        this.#said(
          framed(
            type.certificate,
            list24(Buffer.concat((scheme !== undefined && identity ? identity.certificates : []).map(list24))),
          ),
        ),
      )
    flight.push(this.#said(framed(type.clientKeyExchange, keyExchange)))
    const hash = algorithm.prfHash
    const randoms = { client: offer.random, server: hello.random }
    const master = masterSecret(
      hash,
      preMaster,
      randoms,
      this.extendedMasterSecret ? this.#transcript.hash(hash) : undefined,
    )
    this.#logged('CLIENT_RANDOM', master)
    if (scheme && identity) {
      const signature = signed(identity.key, scheme, Buffer.concat(this.#transcript.messages))
      flight.push(this.#said(framed(type.certificateVerify, Buffer.concat([u16(scheme), list16(signature)]))))
    } else if (scheme === 0 && identity) {
      const rsa = identity.key.asymmetricKeyType === 'rsa' // RFC 4346 7.4.8
      const signature = rsa
        ? privateEncrypt({ key: identity.key, padding: constants.RSA_PKCS1_PADDING }, this.#transcript.hash('md5-sha1'))
        : sign('sha1', Buffer.concat(this.#transcript.messages), identity.key)
      flight.push(this.#said(framed(type.certificateVerify, list16(signature))))
    }
    const keys = connectionKeys(version, algorithm, master, randoms)
    const encryptThenMac = algorithm.kind === 'cbc' && has(22) !== undefined
    flight.push(clearRecord(content.changeCipherSpec, version, Buffer.of(1)))
    this.#sealer = new Sealer(version, algorithm, keys.client, encryptThenMac)
    flight.push(
      this.#said(framed(type.finished, prf(hash, master, 'client finished', this.#transcript.hash(hash), 12))),
    )
    this.#options.out(Buffer.concat(flight), false)

    next = yield
    const about = {
      version,
      cipherSuite: this.cipherSuite,
      secret: master,
      ageAdd: 0,
      receivedAt: now(),
      lifetime: day,
      extendedMasterSecret: this.extendedMasterSecret,
      chain: this.chain,
      scheme: this.scheme,
    }
    let resumable: Session | undefined =
      hello.sessionId.length > 0 ? { ...about, sessionId: hello.sessionId } : undefined
    if (has(35)) {
      const { ticket, lifetime } = this.#read(next, 'new_session_ticket', type.newSessionTicket).ticket
      if (ticket.length > 0) resumable = { ...about, ticket, lifetime: lifetime || day }
      next = yield
    }
    if (next.type !== type.changeCipherSpec) fail(10, 'no change_cipher_spec')
    this.#opener = new Opener(version, algorithm, keys.server, encryptThenMac)
    next = yield
    const expected = prf(hash, master, 'server finished', this.#transcript.hash(hash), 12)
    const { verifyData: finished } = this.#read(next, 'finished', type.finished)
    if (!same(finished, expected)) fail(51, 'the verify_data of the server is wrong')
    this.#mayRead = true
    if (resumable) this.#options.resumable?.(resumable)
  }

  /** RFC 5246 7.3: the server finishes first. */
  *#resume12(
    hello: ServerHello,
    algorithm: RecordAlgorithm,
    session: Session,
    first: Message,
  ): Generator<undefined, void, Message> {
    const hash = algorithm.prfHash
    const has = (type: number): boolean => hello.extensions.some(extension => extension.type === type)
    const master = session.secret
    if (session.cipherSuite !== hello.cipherSuite) fail(47, 'another suite than that of the session')
    if (session.extendedMasterSecret !== this.extendedMasterSecret) fail(40, 'extended_master_secret changed') // RFC 7627 5.3
    this.resumed = true
    this.chain = session.chain
    this.scheme = session.scheme
    this.#logged('CLIENT_RANDOM', master)
    const keys = connectionKeys(this.#version, algorithm, master, {
      client: this.#sent.hello.random,
      server: hello.random,
    })
    const encryptThenMac = algorithm.kind === 'cbc' && has(22)
    let next = first
    let renewed: Session | undefined
    if (has(35)) {
      const { ticket, lifetime } = this.#read(next, 'new_session_ticket', type.newSessionTicket).ticket
      if (ticket.length > 0) renewed = { ...session, ticket, lifetime: lifetime || day, receivedAt: now() }
      next = yield
    }
    if (next.type !== type.changeCipherSpec) fail(10, 'no change_cipher_spec')
    this.#opener = new Opener(this.#version, algorithm, keys.server, encryptThenMac)
    next = yield
    const expected = prf(hash, master, 'server finished', this.#transcript.hash(hash), 12)
    const { verifyData: finished } = this.#read(next, 'finished', type.finished)
    if (!same(finished, expected)) fail(51, 'the verify_data of the server is wrong')
    yield* this.#judged()
    const change = clearRecord(content.changeCipherSpec, this.#version, Buffer.of(1))
    this.#sealer = new Sealer(this.#version, algorithm, keys.client, encryptThenMac)
    const end = this.#said(framed(type.finished, prf(hash, master, 'client finished', this.#transcript.hash(hash), 12)))
    this.#options.out(Buffer.concat([change, end]), false)
    this.#mayRead = true
    if (renewed) this.#options.resumable?.(renewed)
  }

  // ---- after it

  #afterwards(message: Message): void {
    if (this.#version !== tls13) {
      if (message.type !== type.helloRequest) fail(10, 'a handshake message that renegotiates')
      if (++this.#idle > 4) fail(10, 'too many HelloRequests')
      return this.#options.out(this.#sealed(content.alert, Buffer.of(1, 100)), false) // no_renegotiation
    }
    switch (message.type) {
      case type.newSessionTicket: {
        if (++this.#updates > mostUpdates) fail(10, 'too many messages behind the handshake')
        const told = this.#read(message, 'new_session_ticket', type.newSessionTicket).ticket
        const { ticket, nonce = none, ageAdd = 0, lifetime } = told
        if (ticket.length === 0) fail(50, 'an empty ticket')
        if (lifetime > 7 * day) fail(47, 'a ticket for more than a week')
        if (lifetime === 0 || !this.chain) return
        const secret = expandLabel(
          this.#algorithm!.prfHash,
          this.#resumption,
          'resumption',
          nonce,
          this.#resumption.length,
        )
        return this.#options.resumable?.({
          version: tls13,
          cipherSuite: this.cipherSuite,
          secret,
          ticket,
          ageAdd,
          lifetime,
          receivedAt: now(),
          extendedMasterSecret: true,
          chain: this.chain,
          scheme: this.scheme,
        })
      }
      case type.keyUpdate: {
        if (++this.#updates > mostUpdates) fail(10, 'too many messages behind the handshake')
        const { requested } = this.#read(message, 'key_update', type.keyUpdate)
        if (this.#message.length > 0) fail(10, 'a message goes on behind a change of keys')
        const next = nextSecret(this.#readSecret.name, this.#readSecret.value, this.#algorithm!)
        this.#readSecret = next
        this.#opener = opener(next.name, next.value, this.#algorithm!)
        if (requested) this.#options.out(this.#updated(false), false)
        return
      }
      default:
        fail(10, `handshake message ${message.type} behind the handshake`)
    }
  }

  /** A KeyUpdate of ours, and what follows it under new keys. */
  #updated(request: boolean): Buffer {
    const update = framed(type.keyUpdate, Buffer.of(request ? 1 : 0))
    this.#tell(true, update)
    const out = this.#sealer!.sealed > recordsPerKey ? this.#sealedRaw(update) : this.#sealed(content.handshake, update)
    const next = nextSecret(this.#writeSecret.name, this.#writeSecret.value, this.#algorithm!)
    this.#writeSecret = next
    this.#sealer = sealer(next.name, next.value, this.#algorithm!)
    return out
  }

  #sealedRaw(update: Buffer): Buffer {
    const out = Buffer.allocUnsafe(update.length + this.#sealer!.overhead)
    return out.subarray(0, this.#sealer!.seal(content.handshake, update, out, 0))
  }

  /** Renews our keys, and with `request` asks the server to renew its own. */
  updateKeys(request: boolean): void {
    if (this.#state === 'open' && this.#version === tls13) this.#options.out(this.#updated(request), false)
  }

  // ---- small things

  /** The value of a message that must be this one; it joins the transcript. */
  #read<N extends MessageValue['name']>(message: Message, name: N, kind: number): Extract<MessageValue, { name: N }> {
    if (message.type !== kind) fail(10, `handshake message ${message.type} in place of ${name}`)
    const read = readHandshakeMessage(
      message.bytes,
      { version: this.#version, cipherSuite: this.cipherSuite, direction: 'to-client' },
      false,
    )
    if (read.malformed !== undefined || read.value.name !== name) fail(50, `${name}: ${read.malformed}`)
    if (this.#state === 'handshake') this.#transcript.add(message.bytes)
    return read.value as Extract<MessageValue, { name: N }>
  }

  #logged(label: string, secret: Uint8Array): void {
    this.#options.keyLog?.(
      `${label} ${Buffer.from(this.#sent.hello.random).toString('hex')} ${Buffer.from(secret).toString('hex')}\n`,
    )
  }

  #tell(toServer: boolean, bytes: Uint8Array): void {
    this.#options.message?.(toServer, bytes)
  }
}

/** The server chose something that the client can do and this stack cannot. */
export class UnsupportedError extends TlsError {
  constructor(what: string) {
    super(40, `the server chose ${what}, which is not supported here`)
  }
}

const none = Buffer.alloc(0)
const only13 = new Set([27, 34, 41, 42, 43, 44, 45, 47, 49, 50, 51, ...alpsTypes])
const inHello = new Set([41, 43, 51])
const inRetry = new Set([43, 44, 51, 0xfe0d])
const inCertificate = new Set([5, 18]) // status_request, signed_certificate_timestamp
/** Of those that a client offers, what a server may not put into EncryptedExtensions: RFC 8446 4.2. */
const misplaced = new Set([5, 13, 18, 23, 35, 41, 43, 44, 45, 47, 49, 50, 51, 0xff01])

function serverHello(message: Message): ServerHello {
  if (message.type !== type.serverHello) fail(10, `handshake message ${message.type} in place of ServerHello`)
  const { value, malformed } = readHandshakeMessage(message.bytes, { direction: 'to-client' }, false)
  if (message.bytes[38]! > 32) fail(50, 'a session id of more than 32 bytes')
  if (value.name !== 'server_hello' && value.name !== 'hello_retry_request') return fail(50, malformed ?? 'ServerHello')
  if (malformed !== undefined) fail(50, malformed)
  return value.hello
}

const upTo = (version: number): number[] => [0x0301, 0x0302, tls12].filter(known => known <= version)

function agree(pair: KeyPair, peer: Uint8Array): Uint8Array {
  try {
    return pair.agree(peer)
  } catch {
    return fail(47, 'a key share that is not of its group')
  }
}

const opener = (name: string, secret: Uint8Array, algorithm: RecordAlgorithm): Opener =>
  new Opener(tls13, algorithm, trafficKeys(name, secret, algorithm).keys)
const sealer = (name: string, secret: Uint8Array, algorithm: RecordAlgorithm): Sealer =>
  new Sealer(tls13, algorithm, trafficKeys(name, secret, algorithm).keys)

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

function chainOf({ certificates, ocspResponse }: CertificateMessage, rawKey: boolean): ServerChain {
  if (certificates.length === 0) fail(50, 'no certificate')
  return { certificates, rawKey, ...(ocspResponse ? { ocsp: ocspResponse } : {}) }
}

/** RFC 8446 4.2.2 */
function cookieOf(data: Uint8Array): Uint8Array {
  if (data.length < 3 || ((data[0]! << 8) | data[1]!) !== data.length - 2) fail(50, 'a cookie')
  return data.subarray(2)
}

function keyOf({ certificates, rawKey }: ServerChain): KeyObject {
  try {
    if (rawKey) return createPublicKey({ key: Buffer.from(certificates[0]!), format: 'der', type: 'spki' })
    return new X509Certificate(certificates[0]!).publicKey
  } catch {
    return fail(42, 'a certificate that cannot be read')
  }
}

const curveSchemes: Readonly<Record<number, string>> = {
  1027: 'prime256v1',
  1283: 'secp384r1',
  1539: 'secp521r1',
  2074: 'brainpoolP256r1',
  2075: 'brainpoolP384r1',
  2076: 'brainpoolP512r1',
}
const ownSchemes: Readonly<Record<number, string>> = {
  2055: 'ed25519',
  2056: 'ed448',
  2308: 'ml-dsa-44',
  2309: 'ml-dsa-65',
  2310: 'ml-dsa-87',
}

/** RFC 8446 4.2.3: a scheme of TLS 1.3 names the kind of key and its curve; PKCS #1 and SHA-1 sign no handshake. */
function fits13(scheme: number, key: KeyObject): boolean {
  const kind = key.asymmetricKeyType
  if (scheme in curveSchemes) return kind === 'ec' && key.asymmetricKeyDetails?.namedCurve === curveSchemes[scheme]
  if (scheme in ownSchemes) return kind === ownSchemes[scheme]
  if (scheme >= 0x0804 && scheme <= 0x0806) return kind === 'rsa'
  if (scheme >= 0x0809 && scheme <= 0x080b) return kind === 'rsa-pss'
  return false
}

function fits12({ kx, auth }: CipherSuiteFacts, key: KeyObject): boolean {
  const kind = key.asymmetricKeyType
  if (kx === 'rsa') return kind === 'rsa'
  if (auth === 'rsa') return kind === 'rsa' || kind === 'rsa-pss'
  return auth === 'ecdsa' ? kind === 'ec' || kind === 'ed25519' || kind === 'ed448' : auth === 'dss' && kind === 'dsa'
}

function schemeFor(key: KeyObject, offered: readonly number[], modern: boolean): number | undefined {
  const kind = key.asymmetricKeyType
  return offered.find(
    scheme => fits13(scheme, key) || (!modern && kind === 'rsa' && [0x0401, 0x0501, 0x0601].includes(scheme)),
  )
}

const hashes = ['sha256', 'sha384', 'sha512']

function signed(key: KeyObject, scheme: number, data: Uint8Array): Buffer {
  if (scheme in ownSchemes) return sign(null, data, key)
  const pss = scheme >> 8 === 8 && scheme < 0x0810
  const hash = hashes[pss ? ((scheme & 15) - 4) % 5 : (scheme >> 8) - 4]
  return sign(
    hash,
    data,
    pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key,
  )
}
