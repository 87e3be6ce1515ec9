import type { IncomingMessage } from 'node:http'

/** The fields of Node's `rawHeaders` and `rawTrailers`, in order. */
export const fieldsOf = (raw: readonly string[]): [name: string, value: string][] =>
  Array.from({ length: raw.length >> 1 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!])

/** Without control characters, which Node reads where it is lenient but would not write. */
export const writable = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ')

/** The head of a response that no ServerResponse can write (1xx), as latin1. */
export function headOf(response: Pick<IncomingMessage, 'statusCode' | 'statusMessage' | 'rawHeaders'>): string {
  const lines = fieldsOf(response.rawHeaders).map(([name, value]) => `${name}: ${writable(value)}`)
  return [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`, ...lines, '', ''].join('\r\n')
}
