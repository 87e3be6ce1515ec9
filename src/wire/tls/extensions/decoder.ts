import type { ByteReader } from '../../reader.ts'
import type { KeyShare } from '../values.ts'

/** The message that an extension is in decides its form. TLS 1.2 and 1.3 ServerHello forms share one. */
export type ExtensionContext =
  | 'client_hello'
  | 'server_hello'
  | 'hello_retry_request'
  | 'encrypted_extensions'
  | 'certificate'
  | 'certificate_request'
  | 'new_session_ticket'

/** What extensions say that the message's value holds. Each message's context fills those that it has. */
export interface ExtensionFacts {
  serverName?: string
  alpn?: readonly string[]
  supportedVersions?: readonly number[]
  selectedVersion?: number
  supportedGroups?: readonly number[]
  ecPointFormats?: readonly number[]
  signatureAlgorithms?: readonly number[]
  signatureAlgorithmsCert?: readonly number[]
  keyShares?: readonly KeyShare[]
  keyShare?: KeyShare
  selectedGroup?: number
  pskModes?: readonly number[]
  psk?: { readonly identities: readonly Uint8Array[]; readonly binders: readonly Uint8Array[] }
  selectedPsk?: number
  sessionTicket?: Uint8Array
  earlyData?: boolean
  maxEarlyData?: number
  statusRequest?: boolean
  ocspResponse?: Uint8Array
  authorities?: readonly Uint8Array[]
}

export interface Decoded {
  /** The extension in a line. */
  readonly shown: string
  readonly facts?: ExtensionFacts
}

/**
 * Reads the data of one extension from a reader that holds nothing else; the caller refuses leftovers.
 * `bytes` are the whole message, in which the reader's offsets count.
 */
export type Decode = (r: ByteReader, context: ExtensionContext, bytes: Uint8Array) => Decoded

/** For an extension that says all by being there. */
export const flag =
  (shown = 'present', facts?: ExtensionFacts): Decode =>
  () =>
    facts ? { shown, facts } : { shown }

export const isClientForm = (context: ExtensionContext): boolean =>
  context === 'client_hello' || context === 'certificate_request'
