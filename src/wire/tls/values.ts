/** What handshake messages say, as values. Protocol numbers stay numbers; an unknown one is still here. */

export interface Extension {
  readonly type: number
  readonly data: Uint8Array
  /** Offset of its four header bytes in the message. */
  readonly start: number
}

export interface KeyShare {
  readonly group: number
  readonly keyExchange: Uint8Array
}

export interface ClientHello {
  readonly legacyVersion: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly cipherSuites: readonly number[]
  readonly compressionMethods: readonly number[]
  readonly extensions: readonly Extension[]
  readonly serverName?: string
  readonly alpn?: readonly string[]
  readonly supportedVersions?: readonly number[]
  readonly supportedGroups?: readonly number[]
  readonly ecPointFormats?: readonly number[]
  readonly signatureAlgorithms?: readonly number[]
  readonly signatureAlgorithmsCert?: readonly number[]
  readonly keyShares?: readonly KeyShare[]
  readonly pskModes?: readonly number[]
  readonly psk?: { readonly identities: readonly Uint8Array[]; readonly binders: readonly Uint8Array[] }
  readonly sessionTicket?: Uint8Array
  readonly earlyData: boolean
  readonly statusRequest: boolean
}

export interface ServerHello {
  readonly legacyVersion: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly cipherSuite: number
  readonly compressionMethod: number
  readonly extensions: readonly Extension[]
  /** RFC 8446 4.1.3: the fixed random that marks a HelloRetryRequest. */
  readonly retry: boolean
  readonly selectedVersion?: number
  readonly keyShare?: KeyShare
  /** In a HelloRetryRequest: the group it asks for. */
  readonly selectedGroup?: number
  readonly selectedPsk?: number
  readonly alpn?: string
}

export interface EncryptedExtensions {
  readonly extensions: readonly Extension[]
  readonly alpn?: string
  readonly earlyData: boolean
}

export interface CertificateMessage {
  readonly context?: Uint8Array
  /** DER, leaf first. */
  readonly certificates: readonly Uint8Array[]
  /** The OCSP response stapled to the leaf (TLS 1.3). */
  readonly ocspResponse?: Uint8Array
  /** Of each certificate in the list, those past the last of `certificates` too (TLS 1.3). */
  readonly entryExtensions?: readonly (readonly Extension[])[]
}

export interface CertificateRequest {
  readonly context?: Uint8Array
  readonly certificateTypes?: readonly number[]
  readonly signatureAlgorithms: readonly number[]
  /** DER names */
  readonly authorities: readonly Uint8Array[]
}

export interface CertificateVerify {
  readonly algorithm: number
  readonly signature: Uint8Array
}

export interface ServerKeyExchange {
  readonly kind: 'ecdhe' | 'dhe' | 'other'
  readonly group?: number
  readonly publicKey?: Uint8Array
  readonly prime?: Uint8Array
  readonly generator?: Uint8Array
  /** Absent in TLS 1.0 and 1.1. */
  readonly algorithm?: number
  readonly signature?: Uint8Array
  /** The bytes that the signature covers besides the two randoms. */
  readonly signedParameters?: Uint8Array
}

export interface NewSessionTicket {
  /** seconds */
  readonly lifetime: number
  readonly ageAdd?: number
  readonly nonce?: Uint8Array
  readonly ticket: Uint8Array
  readonly maxEarlyData?: number
}

export interface Alert {
  readonly level: number
  readonly description: number
}

/** A decoded message. `name` is the RFC's, in snake case. */
export type MessageValue =
  | { readonly name: 'client_hello'; readonly hello: ClientHello }
  | { readonly name: 'server_hello' | 'hello_retry_request'; readonly hello: ServerHello }
  | { readonly name: 'encrypted_extensions'; readonly extensions: EncryptedExtensions }
  | { readonly name: 'certificate'; readonly certificate: CertificateMessage }
  | { readonly name: 'compressed_certificate'; readonly algorithm: number; readonly certificate?: CertificateMessage }
  | { readonly name: 'certificate_status'; readonly responses: readonly Uint8Array[] }
  | { readonly name: 'certificate_request'; readonly request: CertificateRequest }
  | { readonly name: 'certificate_verify'; readonly verify: CertificateVerify }
  | { readonly name: 'server_key_exchange'; readonly exchange: ServerKeyExchange }
  | { readonly name: 'client_key_exchange'; readonly publicKey?: Uint8Array; readonly encryptedPreMaster?: Uint8Array }
  | { readonly name: 'finished'; readonly verifyData: Uint8Array }
  | { readonly name: 'new_session_ticket'; readonly ticket: NewSessionTicket }
  | { readonly name: 'key_update'; readonly requested: boolean }
  | { readonly name: 'hello_request' | 'server_hello_done' | 'end_of_early_data' | 'change_cipher_spec' }
  | { readonly name: 'alert'; readonly alert: Alert }
  | { readonly name: 'unknown'; readonly type: number }
