import type { Header } from '../model/exchange.ts'
import { now } from './client-line.ts'
import type { ClientRequest } from './client-types.ts'

/** One request as the HTTP clients take it. */
export interface Ask extends ClientRequest {
  readonly url: URL
}

const kept = 4 * 1024 * 1024 // bytes of a body

/** A response while it arrives; a failure leaves what came before it. */
export class Reply {
  status?: number
  headAt?: number
  headers: readonly Header[] = []
  trailers: readonly Header[] = []
  bodyBytes = 0
  /** True once nothing is missing. */
  whole = false
  readonly #chunks: Buffer[] = []

  head(status: number, rawHeaders: readonly string[]): void {
    this.headAt = now()
    this.status = status
    this.headers = pairs(rawHeaders)
  }

  chunk(bytes: Buffer): void {
    const room = kept - Math.min(this.bodyBytes, kept)
    if (room > 0) this.#chunks.push(bytes.subarray(0, room))
    this.bodyBytes += bytes.length
  }

  get body(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}

/** Node's flat list of names and values as pairs. */
export function pairs(raw: readonly string[]): Header[] {
  const headers: Header[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at]!, raw[at + 1]!])
  return headers
}

const has = (headers: readonly Header[], name: string) => headers.some(header => header[0].toLowerCase() === name)

/** What an HTTP/1.1 request says: the caller's headers after Host, with a Content-Length where there is a body. */
export function http1Headers({ url, headers = [], body }: Ask): Header[] {
  const host: Header[] = has(headers, 'host') ? [] : [['Host', url.host]]
  const framed = body === undefined || has(headers, 'content-length') || has(headers, 'transfer-encoding')
  return [...host, ...headers, ...(framed ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const])]
}

export const pathOf = (url: URL): string => url.pathname + url.search

export const methodOf = ({ method, body }: Ask): string => method ?? (body === undefined ? 'GET' : 'POST')
