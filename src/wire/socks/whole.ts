/** What stands whole at the beginning of some bytes, and how many of them it takes. */
export interface Whole<T> {
  readonly value: T
  readonly length: number
}

/** Reads what stands at the beginning; undefined while more bytes are needed. Throws MalformedError. */
export type Take<T> = (bytes: Uint8Array) => Whole<T> | undefined

/** What a client asks of a SOCKS proxy. */
export interface SocksRequest {
  /** RFC 1928 4: 1 CONNECT, 2 BIND, 3 UDP ASSOCIATE. */
  readonly command: number
  /** A name as it was sent, or an address without brackets. */
  readonly host: string
  readonly port: number
}
