import type { KeyObject } from 'node:crypto'
import type { HelloChanges } from './hello/sent-hello.ts'
import type { ServerChain, Session } from './session.ts'
import type { TlsError } from './tls-error.ts'

/** What the client shows a server that asks for a certificate. */
export interface Identity {
  /** DER, leaf first */
  readonly certificates: readonly Uint8Array[]
  readonly key: KeyObject
}

/** Why a chain is not trusted, and the alert that tells the server so. */
export interface Refusal {
  readonly alert: number
  readonly why: string
}

export interface TlsClientOptions {
  /** The client's own ClientHello, its four header bytes included. */
  readonly hello: Uint8Array
  /** What is said otherwise than the client has it. */
  readonly changes?: HelloChanges
  /** Of the record that it came in. */
  readonly recordVersion?: number
  /** How much of it each record had that it came in; absent for one. */
  readonly recordLengths?: readonly number[]
  /** Refused with protocol_version where the server chooses less, though the hello may offer it. Default TLS 1.2. */
  readonly oldestVersion?: number
  /**
   * Whether CBC suites may be spoken without encrypt_then_mac. They are not opened in constant time (Lucky 13), so the
   * default is an UnsupportedError.
   */
  readonly allowMacThenEncrypt?: boolean
  /** ms since the epoch; Date.now by default. */
  readonly now?: () => number
  /** Judges the server's chain; undefined trusts it. 'asked': nothing goes on until `judge` is called with the verdict. */
  readonly verify: (chain: ServerChain) => Refusal | undefined | 'asked'
  readonly identity?: Identity
  /** Where bytes for the server go; `data` where they are records of application data alone. */
  readonly out: (bytes: Buffer, data: boolean) => void
  /**
   * Every byte of the server, once and in order, before what is in it is told: a whole record with its content type as it
   * was decrypted, undefined for bytes that are no record or come when nobody reads any more. They are valid until the
   * listener returns.
   */
  readonly passed?: (bytes: Uint8Array, type: number | undefined) => void
  readonly keyLog?: (line: string) => void
  readonly secured?: () => void
  readonly data: (plain: Uint8Array) => void
  /** What `write` held back has gone out. */
  readonly writable?: () => void
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
