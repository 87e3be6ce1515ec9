import { hex } from '../reader.ts'

/** The first bytes of other protocols that are met on TLS ports. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\//, 'a plain HTTP answer'],
  [/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE|PRI) /, 'a plain HTTP request'],
  [/^SSH-/, 'an SSH banner'],
  [/^220[ -]/, 'an SMTP or FTP greeting'],
  [/^\* OK/, 'an IMAP greeting'],
  [/^\+OK/, 'a POP3 greeting'],
  [/^<(!doctype|html|\?xml)/i, 'a document without TLS'],
]

/**
 * Says what bytes are that cannot start a TLS record, or undefined where they can. `more` brings up to 80 bytes for
 * the sentence and is asked only then. A record starts with a known content type (RFC 8446 5.1) and major version 3.
 */
export function notTls(head: Uint8Array, more: () => Uint8Array): string | undefined {
  const type = head[0]
  const major = head[1]
  if (type !== undefined && type >= 20 && type <= 24 && (major === undefined || major === 3)) return undefined
  const bytes = more()
  const line = firstLine(bytes)
  const known = openings.find(([pattern]) => pattern.test(line))
  if (known) return `${known[1]} instead of TLS: "${line}"`
  return `no TLS record starts here: ${hex(bytes.subarray(0, 16))}`
}

function firstLine(bytes: Uint8Array): string {
  let line = ''
  for (const byte of bytes) {
    if (byte === 10 || byte === 13) break
    line += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'
  }
  return line
}
