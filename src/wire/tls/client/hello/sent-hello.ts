import type { ClientHello } from '../../values.ts'
import type { KeyPair } from '../groups/key-pair.ts'
import type { Session } from '../session.ts'

/** A ClientHello that we send, and the private halves of the shares in it. */
export interface SentHello {
  /** With its four header bytes. */
  readonly message: Buffer
  readonly hello: ClientHello
  readonly pairs: ReadonlyMap<number, KeyPair>
  /** Groups whose share is the client's own, because nobody here can make one. */
  readonly foreign: ReadonlySet<number>
  /** What it offers to resume. */
  readonly session?: Session | undefined
}

/** What is sent otherwise than the client's hello has it. */
export interface HelloChanges {
  /** 32 bytes in place of fresh ones. */
  readonly random?: Buffer
  /** ms since the epoch, for the age of a ticket */
  readonly now?: number
  /** The name to ask for, in ASCII; '' asks for none. */
  readonly serverName?: string
  /** The protocols to offer, if the client offers any; none takes the extension away. */
  readonly alpn?: readonly string[]
  /** The client's encrypted hello is for a key that the server has: it must not be taken for the client's own. */
  readonly redrawEch?: boolean
}
