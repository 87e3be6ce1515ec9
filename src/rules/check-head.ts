import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import { isToken } from '../wire/http1/token.ts'

/** RFC 9113 8.2.2: they are about one connection, and HTTP/2 has none of them. */
const ofConnection = new Set(['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

export const isConnectionSpecific = (name: string): boolean => ofConnection.has(name.toLowerCase())

/**
 * What forbids to send a head that somebody wrote or changed, in a clause with its place; undefined where nothing does. For
 * edits by rules, scripts and people. What it has of the head `before`, as it came from the wire, is its sender's business.
 */
export function checkRequestHead(head: RequestHead, before?: RequestHead): string | undefined {
  const same = before !== undefined && isSameStart(head, before)
  return (same ? undefined : checkStart(head)) ?? checkFields(head, before)
}

const isSameStart = (one: RequestHead, other: RequestHead): boolean =>
  one.method === other.method &&
  one.path === other.path &&
  one.authority === other.authority &&
  one.target === other.target

function checkStart({ method, path, authority, target }: RequestHead): string | undefined {
  if (!isToken(method)) return `the method ${shown(method)} is no token`
  if (!isVisible(path)) return `the path ${shown(path)} has white space, control characters or none but bytes`
  if (!isVisible(authority)) return `the authority ${shown(authority)} has white space or control characters`
  if (target === '' || !isVisible(target)) return `the request target ${shown(target)} has white space or is empty`
  return undefined
}

export function checkResponseHead(head: ResponseHead, before?: ResponseHead): string | undefined {
  const { status, reason } = head
  if (!Number.isInteger(status) || status < 100 || status > 999) return `the status ${status} is none`
  if (!isValue(reason)) return `the reason ${shown(reason)} has CR, LF, NUL or characters that are no bytes`
  return checkFields(head, before)
}

type Head = RequestHead | ResponseHead

function checkFields({ headers, version }: Head, before: Head | undefined): string | undefined {
  const came = new Set(before?.headers)
  for (const header of headers) {
    const wrong = came.has(header) ? undefined : checkField(header[0], header[1], version === 'HTTP/2')
    if (wrong) return wrong
  }
  return undefined
}

/** One field; with `http2` as that protocol allows it. Pseudo-headers are checked for their values alone. */
export function checkField(name: string, value: string, http2: boolean): string | undefined {
  if (!isValue(value)) return `the value of ${shown(name)} has CR, LF, NUL or characters that are no bytes`
  if (http2 && pseudoHeaders.has(name)) return undefined
  if (!isToken(name)) return `the header name ${shown(name)} is no token`
  if (!http2) return undefined
  if (/[A-Z]/.test(name)) return `the header name ${shown(name)} has upper case, which HTTP/2 forbids`
  if (ofConnection.has(name) || (name === 'te' && value !== 'trailers'))
    return `HTTP/2 has no header ${name}: it is about one connection`
  return undefined
}

const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':protocol', ':status'])

const isVisible = (text: string): boolean => /^[\x21-\x7e\x80-\xff]*$/.test(text)
const isValue = (text: string): boolean => /^[^\0\r\n\u0100-\uffff]*$/.test(text)
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
