import type { Recording } from '../tape/recording.ts'

/** A leaf certificate to show to a client. The same object comes again while it is cached. */
export interface Leaf {
  /** PEM, the same for all leaves with this type of key. */
  readonly key: string
  /** PEM, leaf first, root last */
  readonly chain: string
  /** EC where it is not said. */
  readonly keyType?: LeafKeyType
}

export type LeafKeyType = 'ec' | 'rsa'

/** What the proxy needs of a certificate authority. */
export interface LeafSource {
  /**
   * `like` is the DER of the certificate that the real server sent, or the type of key where it sent none. `signature` is
   * a type that the client can verify; RSA where it is not said.
   */
  leafFor(host: string, like?: Buffer | LeafKeyType, signature?: LeafKeyType): Promise<Leaf>
  /** False for a host that its root is not made for; absent where it is made for all. */
  mayName?(host: string): boolean
  /** What makes the forms of its root that devices want; loaded for the first who asks. */
  forms(): Promise<RootForms>
}

export interface RootForms {
  /** A profile for iOS and macOS, of a root's DER and common name. */
  mobileconfig(der: Buffer, name: string): string
  /** The name of a root's file in Android's system store, without the ending. */
  subjectHashOld(der: Buffer): string
}

/** Where the engine puts what it sees; the tape's writer fits. */
export interface Tape extends Recording {
  /**
   * As `wire`, of what comes behind the handshake, and may be missed where the recorder is far behind. Absent where its
   * record headers are enough.
   */
  readonly ciphertext?: Recording['wire'] | undefined
}

const clock = performance // a getter of the global object, which every chunk would call
const { timeOrigin } = clock

/** ms since the epoch, fractional, the same in all threads. */
export const now = (): number => timeOrigin + clock.now()
