import type { Agreed } from '../../../model/connection.ts'
import { serverProblem } from '../../../problem/from-server.ts'
import type { Problem } from '../../../problem/problem.ts'
import { remembered } from '../../../wire/remembered.ts'
import type { HelloChanges } from '../../../wire/tls/client/hello/sent-hello.ts'
import {
  type Identity,
  type ServerChain,
  type Session,
  type TlsClient,
  TlsError,
  UnsupportedError,
} from '../../../wire/tls/client/tls-client.ts'
import { ticketKeyLine } from '../../../wire/tls/key-log.ts'
import { cipherSuites } from '../../../wire/tls/registry/cipher-suites.ts'
import { tls13 } from '../../../wire/tls/registry/versions.ts'
import { derCertificate } from '../../../wire/x509/der-certificate.ts'
import type { HelloRecords } from '../../hello/seen-hello.ts'
import { versionNumbers } from '../../hello/version-options.ts'
import { type LeafKeyType, now } from '../../ports.ts'
import type { Choice } from '../choice.ts'
import type { Upstream, UpstreamOptions } from '../upstream.ts'
import type { Fault } from '../verification.ts'
import { ExactStream } from './exact-stream.ts'
import { Heard } from './heard.ts'
import { RecordTeller } from './record-teller.ts'
import { Withheld } from './withheld.ts'

/** Parley's own TLS client, with the client's hello. */
export interface ExactOptions extends UpstreamOptions {
  /** The client's ClientHello, with its four header bytes. */
  readonly hello: Uint8Array
  /** In what the server is to get another one. */
  readonly changes?: HelloChanges
  /** What it came in. */
  readonly records?: HelloRecords | undefined
  /** Less is refused, though the hello may offer it. */
  readonly oldestVersion: number
  /** Whether CBC is spoken with the MAC inside it, though that is not opened in constant time. */
  readonly allowMacThenEncrypt: boolean
  /** What to show to a server that asks for a certificate. */
  readonly identity?: Identity | undefined
  /** Of an earlier connection, to be resumed. */
  readonly session?: Session | undefined
  /** Told of every session that the server gives. */
  readonly onSession?: (session: Session) => void
  /** Whether a chain is to be trusted as that of `name` in such a version; undefined where nothing speaks against it. */
  readonly judge: (chain: ServerChain, name: string, version: number) => Fault | undefined | Promise<Fault | undefined>
  /** Whether an Unfollowed attempt is followed by another: then the tape has nothing of this one. */
  readonly isRepeatable: boolean
}

/** The server chose what Parley's own TLS client does not speak, and OpenSSL's perhaps does. */
export class Unfollowed {
  /** What that is: `cipher rc4-128`. */
  readonly choice: string
  constructor(choice: string) {
    this.choice = choice
  }
}

/** Finishes TLS with the server. Unless the session stands, the socket is gone. */
export function secureExactly(options: ExactOptions): Promise<Upstream | Problem | Unfollowed> {
  return new Promise(resolve => new ExactHandshake(options, resolve).start())
}

class ExactHandshake {
  readonly #options: ExactOptions
  readonly #settle: (result: Upstream | Problem | Unfollowed) => void
  readonly #heard = new Heard()
  readonly #unheard: boolean
  readonly #stream: ExactStream
  readonly #withheld = new Withheld()
  #fault: Fault | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: ExactOptions, settle: (result: Upstream | Problem | Unfollowed) => void) {
    this.#options = options
    this.#settle = settle
    const { tap, tape, connection, records, identity, session, onSession } = options
    const { hello, changes = {}, oldestVersion, allowMacThenEncrypt, isRepeatable } = options
    const { bytes, unread } = tap
    this.#unheard = tap.closed !== undefined
    if (!isRepeatable) this.#withheld.release()
    const lane = { connection, leg: 'upstream' } as const
    const toServer = new RecordTeller(tape, { ...lane, direction: 'to-server' }, this.#withheld, bytes.toServer)
    const [from, known] = [bytes.toClient - unread.length, unread.length]
    const toClient = new RecordTeller(tape, { ...lane, direction: 'to-client' }, this.#withheld, from, known)
    this.#stream = new ExactStream({
      ...{ tap, toServer, toClient, hello, changes, oldestVersion, allowMacThenEncrypt },
      ...(records && { recordVersion: records.version, recordLengths: records.lengths }),
      ...(identity && { identity }),
      ...(session && { session }),
      ...(onSession && { resumable: onSession }),
      verify: chain => this.#verify(chain),
      keyLog: line => this.#key(line),
      heard: (bytes, type) => this.#heard.record(bytes, type),
      message: (toServer, bytes) => this.#heard.message(toServer, bytes),
    })
  }

  start(): void {
    const { session, timeout } = this.#options
    const stream = this.#stream
    stream.once('error', this.#onError).once('close', this.#onClose)
    stream.once('secureConnect', () => this.#stand())
    this.#timer = setTimeout(() => stream.destroy(silence()), timeout)
    if (session?.version === tls13 && session.ticket) this.#key(ticketKeyLine(session.ticket, session.secret))
    stream.start()
  }

  readonly #onError = (error: Error): void => {
    clearTimeout(this.#timer)
    this.#stream.off('close', this.#onClose).on('error', () => {})
    if (error instanceof UnsupportedError) return this.#settle(new Unfollowed(error.choice))
    this.#withheld.release()
    const refused = error instanceof TlsError && error.code === 'certificate'
    this.#settle((refused && this.#fault?.problem) || this.#problemOf(error))
  }

  readonly #onClose = (): void => this.#onError(gone())

  #problemOf(error: Error): Problem {
    const { tap, mirroredHello: offer, hasCertificate: hadCertificate } = this.#options
    const { asked, first, warning } = this.#heard
    const received = tap.bytes.toClient
    const { closed } = tap
    return serverProblem(error, {
      closed,
      unheard: this.#unheard,
      received,
      first,
      asked,
      warning,
      hadCertificate,
      offer,
    })
  }

  #verify(chain: ServerChain): { readonly alert: number; readonly why: string } | undefined | 'asked' {
    const { judge, serverName, host } = this.#options
    this.#withheld.release() // all that may be Unsupported is behind
    const verdict = judge(chain, serverName || host, this.#stream.client.version)
    if (!(verdict instanceof Promise)) return this.#refusal(verdict)
    this.#stream.hold()
    void verdict.then(fault => this.#stream.judge(this.#refusal(fault)))
    return 'asked'
  }

  #refusal(fault: Fault | undefined): { readonly alert: number; readonly why: string } | undefined {
    this.#fault = fault
    return fault && this.#options.verify ? { alert: fault.alert, why: fault.problem.code } : undefined
  }

  #key(line: string): void {
    const { tape, connection } = this.#options
    const at = now()
    this.#withheld.tell(() => tape.keyLog(connection, 'upstream', at, Buffer.from(line)))
  }

  #stand(): void {
    const { tape, connection, hasCertificate: hadCertificate = false } = this.#options
    const stream = this.#stream
    clearTimeout(this.#timer)
    stream.off('error', this.#onError).off('close', this.#onClose)
    this.#withheld.release()
    const agreed = agreedBy(stream.client)
    tape.event(connection, now(), { type: 'secured', leg: 'upstream', at: now(), agreed })
    const tolerated = this.#fault?.problem
    const upstream: Upstream = {
      socket: stream,
      agreed,
      hadCertificate,
      choice: choiceOf(stream.client),
      ...certified(stream.client),
      ...(agreed.alpn !== undefined && { alpn: agreed.alpn }),
      ...(tolerated && { tolerated }),
    }
    stream.once('error', error => {
      upstream.lateError = error
      tape.event(connection, now(), { type: 'spoilt', leg: 'upstream' })
    })
    this.#settle(upstream)
  }
}

/** Versions by the names that Node gives them. */
const asNode: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(versionNumbers).map(([name, version]) => [version, name]),
)

function agreedBy({ version, cipherSuite, alpn, resumed }: TlsClient): Agreed {
  return {
    version: asNode[version] ?? 'none',
    cipherSuite: cipherSuites[cipherSuite] ?? 'none',
    ...(alpn !== undefined && { alpn }),
    resumed,
  }
}

const choiceOf = ({ version, cipherSuite, group, scheme }: TlsClient): Choice => ({
  version,
  cipherSuite,
  ...(group !== undefined && { group }),
  ...(scheme !== undefined && { signatureAlgorithm: scheme }),
})

function certified({ chain }: TlsClient): Pick<Upstream, 'certificate' | 'keyType'> {
  const [leaf] = chain?.certificates ?? []
  if (!leaf || chain?.rawKey) return {}
  return { certificate: Buffer.from(leaf), keyType: keyTypeOf(leaf) }
}

const keyTypeOf = remembered(
  (der: Uint8Array): LeafKeyType => (derCertificate(der).publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec'),
)

const silence = (): NodeJS.ErrnoException => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })

const gone = (): NodeJS.ErrnoException => Object.assign(new Error('closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
