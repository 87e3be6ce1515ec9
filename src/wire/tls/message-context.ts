import type { Direction } from '../direction.ts'

/** What must be known of a connection to read its next message. */
export interface MessageContext {
  /** The negotiated version; absent before the ServerHello. */
  readonly version?: number
  /** The negotiated suite: it decides the form of the TLS 1.2 key exchange messages. */
  readonly cipherSuite?: number
  readonly direction: Direction
}

/** What a message reader is handed besides its reader. */
export interface Source {
  /** The whole message, header included: offsets count from here. */
  readonly bytes: Uint8Array
  readonly context: MessageContext
  /** Takes the sentences of the extensions that could not be read. */
  readonly problems: string[]
}
