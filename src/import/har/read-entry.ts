import { headerValue, readContentType } from '../../formats/content-type.ts'
import { encodeBody } from '../../formats/encode.ts'
import { textEncoding } from '../../formats/encode-text.ts'
import type { Agreed, Target } from '../../model/connection.ts'
import type { Aborted, Header, RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { WebSocketMessage } from '../../observe/plain.ts'
import {
  bytesOf,
  headersOf,
  listOf,
  membersOf,
  momentOf,
  msOf,
  numberOf,
  textOf,
  type Unchecked,
  wireText,
} from './json.ts'

/** An entry of a HAR in the words of the model. Times in ms since the epoch. */
export interface Entry {
  /** What the file calls the connection; entries of the same name and target share one. */
  readonly connection: string | undefined
  readonly serverAddress: string | undefined
  readonly target: Target
  readonly secure: boolean
  readonly agreed: Agreed
  readonly startedAt: number
  readonly connectedAt: number
  readonly request: {
    readonly head: RequestHead
    readonly at: number
    readonly endedAt: number
    readonly body: Uint8Array
    readonly trailers: readonly Header[]
  }
  readonly stream: number | undefined
  readonly informational: readonly ResponseHead[]
  /** Absent where there was none. */
  readonly response?: {
    readonly head: ResponseHead
    readonly at: number
    readonly body: Uint8Array
    readonly trailers: readonly Header[]
  }
  readonly endedAt: number
  readonly aborted: Aborted | undefined
  readonly messages: readonly WebSocketMessage[]
  readonly isWebSocket: boolean
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 }

/** Reads an entry as any program may have written it. Undefined where it has no URL of HTTP; never throws. */
export function readEntry(value: Unchecked): Entry | undefined {
  const entry = membersOf(value)
  const [request, response] = [membersOf(entry.request), membersOf(entry.response)]
  const url = URL.parse(textOf(request.url))
  const port = url && defaultPorts[url.protocol]
  if (!url || !port) return undefined
  const startedAt = timeOf(entry.startedDateTime)
  const timings = timesOf(startedAt, entry.timings)
  const secure = url.protocol === 'https:' || url.protocol === 'wss:'
  const head = requestHead(request, url, secure)
  const messages = listOf(entry._webSocketMessages).flatMap(messageOf)
  const answered = responseOf(response, timings.answeredAt, head.version)
  const connection = textOf(entry.connection)
  return {
    connection: connection === '' ? undefined : connection,
    serverAddress: textOf(entry.serverIPAddress).replace(/^\[|\]$/g, '') || undefined,
    target: { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || port },
    secure,
    agreed: agreedOf(membersOf(entry._securityDetails), head.version),
    ...{ startedAt, connectedAt: timings.connectedAt },
    request: {
      head,
      at: timings.connectedAt,
      endedAt: timings.sentAt,
      body: postedBody(request),
      trailers: headersOf(request._trailers),
    },
    stream: numberOf(entry._stream),
    informational: listOf(response._informational).map(each => responseHead(membersOf(each), head.version)),
    ...(answered && { response: answered }),
    endedAt: timings.endedAt,
    aborted: abortedOf(entry, response, startedAt, timings.endedAt, answered !== undefined),
    messages,
    isWebSocket: url.protocol.startsWith('ws') || messages.length > 0,
  }
}

const timeOf = (value: Unchecked): number => momentOf(Date.parse(textOf(value)))

/** `connect` has `ssl` in it. */
function timesOf(startedAt: number, value: Unchecked) {
  const { blocked, dns, connect, send, wait, receive } = membersOf(value)
  const connectedAt = startedAt + msOf(blocked) + msOf(dns) + msOf(connect)
  const sentAt = connectedAt + msOf(send)
  const answeredAt = sentAt + msOf(wait)
  return { connectedAt, sentAt, answeredAt, endedAt: answeredAt + msOf(receive) }
}

const versions: Readonly<Record<string, string>> = {
  h2: 'HTTP/2',
  'http/2': 'HTTP/2',
  'http/2.0': 'HTTP/2',
  h3: 'HTTP/3',
}

const versionOf = (value: Unchecked): string => {
  const text = wireText(value)
  return versions[text.toLowerCase()] ?? (text === '' || text === 'unknown' ? 'HTTP/1.1' : text.toUpperCase())
}

function requestHead(request: Readonly<Record<string, Unchecked>>, url: URL, secure: boolean): RequestHead {
  const version = versionOf(request.httpVersion)
  const headers = headersOf(request.headers)
  const [method, scheme] = [wireText(request.method) || 'GET', secure ? 'https' : 'http']
  const sent = wireText(request._target) // Parley's: the URL may say it otherwise
  const path = sent.startsWith('/') ? sent : url.pathname + url.search
  const named = headers.find(([name]) => /^(?:host|:authority)$/i.test(name))?.[1]
  const authority = named ?? url.host
  const target = sent || path
  const isBare = version === 'HTTP/2' && !headers.some(([name]) => name.startsWith(':'))
  const pseudo: readonly Header[] = isBare
    ? [
        [':method', method],
        [':scheme', scheme],
        [':authority', authority],
        [':path', path],
      ]
    : []
  return { method, target, scheme, authority, path, version, headers: [...pseudo, ...headers] }
}

const responseHead = (response: Readonly<Record<string, Unchecked>>, version: string): ResponseHead => ({
  status: Math.trunc(numberOf(response.status) ?? 0),
  reason: wireText(response.statusText),
  version: response.httpVersion === undefined ? version : versionOf(response.httpVersion),
  headers: headersOf(response.headers),
})

function responseOf(response: Readonly<Record<string, Unchecked>>, at: number, version: string): Entry['response'] {
  const head = responseHead(response, version)
  if (head.status < 100 || head.status > 999) return undefined
  const { text, encoding, _charset } = membersOf(response.content)
  const body = contentBytes(text, encoding, _charset, head.headers)
  return { head, at, body: codedBody(body, head.headers), trailers: headersOf(response._trailers) }
}

function postedBody(request: Readonly<Record<string, Unchecked>>): Uint8Array {
  const { text, params, _encoding, _charset } = membersOf(request.postData)
  const pairs = listOf(params).map(pair => {
    const { name, value } = membersOf(pair)
    return [textOf(name), textOf(value)] as [string, string]
  })
  const body =
    text === undefined
      ? Buffer.from(new URLSearchParams(pairs).toString())
      : contentBytes(text, _encoding, _charset, headersOf(request.headers))
  return codedBody(body, headersOf(request.headers))
}

/** A text in the charset in which it was, or that its headers name; in UTF-8 where that has not all of it. */
function contentBytes(text: Unchecked, encoding: Unchecked, was: Unchecked, headers: readonly Header[]): Uint8Array {
  const named = textOf(was) || readContentType(headerValue(headers, 'content-type')).charset
  const encode = encoding === 'base64' || named === undefined ? undefined : textEncoding(named)
  return encode?.(textOf(text)) ?? bytesOf(text, encoding)
}

/** A HAR has bodies as they are when their codings are undone; the headers speak of them as they came. */
function codedBody(body: Uint8Array, headers: readonly Header[]): Uint8Array {
  const coding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
  return body.length > 0 && coding !== undefined ? (encodeBody(body, coding) ?? body) : body
}

function agreedOf({ protocol, cipher }: Readonly<Record<string, Unchecked>>, version: string): Agreed {
  const name = textOf(protocol).replace(/^TLS ?(\d)/, 'TLSv$1')
  const alpn = version === 'HTTP/2' ? { alpn: 'h2' } : {}
  return { version: name || 'none', cipherSuite: textOf(cipher) || 'none', ...alpn, resumed: false }
}

function abortedOf(
  entry: Readonly<Record<string, Unchecked>>,
  response: Readonly<Record<string, Unchecked>>,
  startedAt: number,
  endedAt: number,
  answered: boolean,
): Aborted | undefined {
  const { time, why } = membersOf(entry._aborted)
  const error = textOf(why) || textOf(response._error)
  if (error === '' && answered) return undefined
  const at = numberOf(time) === undefined ? endedAt : startedAt + msOf(time)
  return { at, by: 'server', why: error || 'there is no response in the HAR file' }
}

const opcodes: ReadonlySet<Unchecked> = new Set([1, 2, 8, 9, 10])

/** As Chromium writes them: `time` in seconds since the epoch, what is no text in base64. */
function messageOf(value: Unchecked): readonly WebSocketMessage[] {
  const { type, time, opcode, data, _encoding } = membersOf(value)
  if ((type !== 'send' && type !== 'receive') || !opcodes.has(opcode)) return []
  const bytes = bytesOf(data, opcode === 1 ? _encoding : 'base64')
  const direction = type === 'send' ? 'to-server' : 'to-client'
  const whole = { fin: true, bytes, length: bytes.length, compressed: false }
  return [{ direction, at: momentOf((numberOf(time) ?? 0) * 1000), opcode: opcode as number, ...whole }]
}
