import type { RequestHead, ResponseHead } from '../model/exchange.ts'
import { printable } from './printable.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Start line and field lines, latin1; HTTP/2 has no start line, but pseudo-headers. */
export function headLines(head: RequestHead | ResponseHead): readonly string[] {
  const { version } = head
  const start =
    'method' in head ? `${head.method} ${head.target} ${version}` : `${version} ${head.status} ${head.reason}`
  const fields = head.headers.map(([name, value]) => `${name}: ${value}`)
  return version === 'HTTP/2' ? fields : [start, ...fields]
}

/** A head of HTTP/1 as it stood on the wire, latin1, with its empty line; of HTTP/2 its lines, which stood nowhere. */
export const sentHead = (head: RequestHead | ResponseHead): string =>
  head.raw ?? [...headLines(head), '', ''].join('\r\n')

/**
 * Text of a head for eyes. Heads are kept with a character a byte; where the bytes are UTF-8, as most that are not ASCII
 * are (RFC 9110 5.5 leaves it open), they are read as that, else as Latin-1.
 */
export const printableHead = (text: string): string => printable(hasBytes(text) ? decoded(text) : text)

const hasBytes = (text: string): boolean => /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text)

function decoded(text: string): string {
  try {
    return decoder.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}
