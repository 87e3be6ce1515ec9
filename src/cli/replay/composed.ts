import type { Header, RequestHead } from '../../model/exchange.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { isHostLess } from '../../model/host-less.ts'
import type { CurlRequest } from '../curl/read-curl.ts'
import type { Repeated } from './ask-of.ts'

/** What a new request is made of. Texts are bytes (latin1). */
export interface Composed {
  readonly method: string
  readonly url: string
  /** In HTTP/1 with Host; in HTTP/2 without. */
  readonly headers: readonly Header[]
  readonly version: 'HTTP/1.1' | 'HTTP/2'
  readonly body: Uint8Array
}

/** The request to the server that its URL names. Throws a sentence where that names none. */
export function composed({ method, url, headers, version, body }: Composed): Repeated {
  const { server, authority, path } = readUrl(url)
  const small = headers.map(([name, value]): Header => [name.toLowerCase(), value])
  const head: RequestHead = {
    ...{ method, target: path, scheme: server.scheme, authority, path, version },
    headers: version === 'HTTP/2' ? [...pseudoHeaders(method, server.scheme, authority, path), ...small] : headers,
  }
  return { server, head, body, entrance: 'compose' }
}

/** RFC 9113 8.3.1, in the order in which most clients have them. */
const pseudoHeaders = (method: string, scheme: string, authority: string, path: string): readonly Header[] => [
  [':method', method],
  [':authority', authority],
  [':scheme', scheme],
  [':path', path],
]

/** The request of a curl command. Over TLS in HTTP/2 where the server speaks it, as curl does. */
export function fromCurl({ method, url, headers, body, version }: CurlRequest): Repeated {
  const { server, authority } = readUrl(url)
  const http2 = version === 'http2' || (version === undefined && server.scheme === 'https')
  const hosted = headers.some(([name]) => name.toLowerCase() === 'host')
  const withHost: readonly Header[] = http2 || hosted ? headers : [['Host', authority], ...headers]
  return composed({ method, url, headers: withHost, version: http2 ? 'HTTP/2' : 'HTTP/1.1', body })
}

/** A URL without a scheme is one of http, as for curl. Throws a sentence. */
export function readUrl(text: string): {
  readonly server: Repeated['server']
  readonly authority: string
  readonly path: string
} {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? utf8(text) : `http://${utf8(text)}`)
  if (!url || isHostLess(text) || !/^https?:$/.test(url.protocol))
    throw new Error(`${JSON.stringify(text.slice(0, 80))} is not an http or https URL`)
  if (url.username !== '' || url.password !== '') throw new Error('give user and password in an Authorization header')
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const server = { scheme, host, port: Number(url.port) || (scheme === 'https' ? 443 : 80) } as const
  const authority = url.port === '' ? hostAndPort({ host, port: 1 }).replace(/:1$/, '') : url.host
  return { server, authority, path: `${url.pathname}${url.search}` }
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')
