import type { Direction } from '../direction.ts'
import type { Field } from '../reader.ts'
import type { ClientHello, MessageValue, ServerHello } from './values.ts'

export interface TlsRecord {
  readonly direction: Direction
  /** ms since the epoch, when its last byte arrived */
  readonly at: number
  /** Position of its header in the TCP payload of its direction, from 0; the relative TCP sequence number is one more. */
  readonly offset: number
  readonly type: number
  readonly version: number
  /** Length of the fragment, without the five header bytes. */
  readonly length: number
  readonly encrypted: boolean
  /** False where the record was encrypted and could not be read: no key, or only its header was kept. */
  readonly opened: boolean
  /** Nothing but its header was kept. */
  readonly headerOnly?: true
  /** TLS 1.3: the type inside the encryption. */
  readonly innerType?: number
}

/** Bytes that passed below TLS and were not kept, nor the headers of records among them. */
export interface Hole {
  readonly direction: Direction
  /** ms since the epoch, when the first byte behind them arrived */
  readonly at: number
  /** Position in the TCP payload of its direction, from 0. */
  readonly offset: number
  readonly length: number
}

/** Something that was recomputed from the bytes and the keys. */
export interface Check {
  /** 'verify_data', 'signature', 'binder 0' */
  readonly name: string
  /** Absent where it could not be computed. */
  readonly passed?: boolean
  readonly detail: string
}

/** One message of the handshake, change-cipher-spec or alert protocol, reassembled and decrypted. */
export interface HandshakeMessage {
  readonly direction: Direction
  /** ms since the epoch, when its last byte arrived */
  readonly at: number
  /** 20 change_cipher_spec, 21 alert, 22 handshake */
  readonly contentType: number
  /** Handshake type; absent for the other content types. */
  readonly type?: number
  /** The RFC's name in snake case, as in MessageValue. */
  readonly name: MessageValue['name']
  /** Length of the body, without the four header bytes of a handshake message. */
  readonly length: number
  readonly encrypted: boolean
  /** Indexes into Handshake.records, in order. */
  readonly records: readonly number[]
  /** The whole message in clear, header included; `fields` point into it. */
  readonly bytes: Uint8Array
  readonly fields: readonly Field[]
  readonly value: MessageValue
  readonly checks: readonly Check[]
  /** Where its bytes do not follow the format: the MalformedError's sentence. `fields` holds what was read before. */
  readonly malformed?: string
}

/** One derived secret or key, with how it came about. */
export interface DerivedKey {
  /** 'master_secret', 'client_write_key', 'server_handshake_traffic_secret' ... */
  readonly name: string
  readonly value: Uint8Array
  /** Such as `HKDF-Expand-Label(server_handshake_traffic_secret, "key", "", 16)`. */
  readonly formula: string
  /** The section that defines it, such as 'RFC 8446 7.3'. */
  readonly source: string
}

/** What was agreed, from the messages alone. Numbers are IANA's. */
export interface Negotiated {
  readonly version?: number
  readonly cipherSuite?: number
  readonly group?: number
  /** Of ServerKeyExchange or the server's CertificateVerify. */
  readonly signatureAlgorithm?: number
  readonly alpn?: string
  readonly serverName?: string
  readonly resumption: 'none' | 'session-id' | 'ticket' | 'psk'
  readonly earlyData: 'none' | 'accepted' | 'rejected'
  readonly clientCertificate: 'none' | 'requested' | 'sent'
  readonly ocspStapled: boolean
}

/** A behaviour worth naming: False Start, a downgrade sentinel, middlebox compatibility, record splitting ... */
export interface Remark {
  /** kebab-case, such as 'false-start' */
  readonly code: string
  readonly message: string
  /** Index into messages, where it shows. */
  readonly at?: number
}

export interface Handshake {
  /** Both directions, in the order of arrival. */
  readonly records: readonly TlsRecord[]
  /** Both directions, in the order of arrival. */
  readonly messages: readonly HandshakeMessage[]
  readonly outcome: 'none' | 'pending' | 'established' | 'failed'
  /** The last ClientHello (after a HelloRetryRequest, the second) and the final ServerHello. */
  readonly clientHello?: ClientHello
  readonly serverHello?: ServerHello
  readonly negotiated: Negotiated
  /** DER, leaf first, as each side sent it. */
  readonly serverCertificates: readonly Uint8Array[]
  readonly clientCertificates: readonly Uint8Array[]
  readonly keys: readonly DerivedKey[]
  readonly remarks: readonly Remark[]
  /** Sentences about bytes that could not be read, with their place. */
  readonly problems: readonly string[]
  /** Those to the server first. */
  readonly holes: readonly Hole[]
}
