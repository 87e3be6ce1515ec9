import type { SecureVersion } from 'node:tls'
import type { Header } from '../model/exchange.ts'

/** How to reach a server, and what to say in the ClientHello. */
export interface ConnectOptions {
  /** Absent: the client goes to the server itself. */
  readonly proxy?: { readonly host: string; readonly port: number } | undefined
  /** Host name to address, used where there is no proxy that resolves names. */
  readonly addresses?: ReadonlyMap<string, string> | undefined
  /** Trusted roots in PEM instead of Node's. */
  readonly ca?: string | readonly string[] | undefined
  /** Offered protocols in order; h2 and http/1.1 unless told. An empty list sends no ALPN extension. */
  readonly alpn?: readonly string[] | undefined
  readonly tls?: TlsChoices | undefined
  /** True goes on whatever the certificate says; `tls.authorizationError` still tells. */
  readonly insecure?: boolean | undefined
  /** For everything together, in ms; 15,000 unless told. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** As `tls.connect` takes them. */
export interface TlsChoices {
  readonly minVersion?: SecureVersion
  readonly maxVersion?: SecureVersion
  readonly ciphers?: string
  readonly ecdhCurve?: string
  readonly sigalgs?: string
  /** PEM. */
  readonly cert?: string
  readonly key?: string
  /** From an earlier result: asks for resumption. */
  readonly session?: Buffer
  /** Server name to ask for instead of the URL's host. */
  readonly servername?: string
}

export interface ClientRequest {
  readonly method?: string | undefined
  /** Sent as they are; Host, Content-Length and, in HTTP/2, the pseudo-headers are added where missing. */
  readonly headers?: readonly Header[] | undefined
  readonly body?: string | Uint8Array | undefined
}

export interface TlsFacts {
  readonly version: string
  /** IANA name. */
  readonly cipherSuite: string
  readonly alpn?: string
  readonly resumed: boolean
  /** Curve name and bits as Node tells them; absent with RSA key exchange, and where OpenSSL has no name for it. */
  readonly group?: string
  readonly authorized: boolean
  readonly authorizationError?: string
  /** Leaf first; empty on a resumed connection that has none. */
  readonly certificates: readonly CertificateFacts[]
}

export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly names: string
  readonly validFrom: string
  readonly validTo: string
  readonly fingerprint256: string
}

/** Times in ms since the epoch, fractional; absent when it did not come so far. */
export interface Timings {
  readonly startedAt: number
  readonly connectedAt?: number
  /** When CONNECT was answered. */
  readonly tunnelledAt?: number
  readonly securedAt?: number
  readonly headAt?: number
  readonly endedAt: number
}

export type Stage = 'proxy' | 'connect' | 'tls' | 'http'

export interface ClientError {
  /** `proxy`: TCP to the proxy. `connect`: CONNECT, or TCP to the server where there is no proxy. */
  readonly stage: Stage
  /** Node's or OpenSSL's code, or `TIMEOUT`, `ABORTED`, `CONNECT_REFUSED`, `CLOSED`. */
  readonly code: string
  readonly message: string
}

/** What came of one request. Never thrown: a failure is `error`, beside whatever had arrived. */
export interface ClientResult {
  readonly url: string
  /** The proxy's answer to CONNECT. */
  readonly connectStatus?: number
  readonly tls?: TlsFacts
  readonly protocol?: 'http/1.1' | 'h2'
  readonly status?: number
  /** As they came, in order; in HTTP/2 with `:status` first. */
  readonly headers: readonly Header[]
  readonly trailers: readonly Header[]
  /** The first 4 MiB, not decoded. */
  readonly body: Buffer
  /** All that arrived. */
  readonly bodyBytes: number
  /** The last TLS session that the server gave, for `TlsChoices.session`. */
  readonly session?: Buffer
  readonly timings: Timings
  readonly error?: ClientError
}
