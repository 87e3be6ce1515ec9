/** A field line of a head, as it stands there. */
type Header = readonly [name: string, value: string]

export interface Part {
  readonly headers: readonly Header[]
  readonly bytes: Uint8Array
  /** False where the body ends before the delimiter that would end the part. */
  readonly whole: boolean
}

const mostParts = 1000
const mostHeaderBytes = 64 * 1024

/** The parts of a multipart body (RFC 2046 5.1.1); undefined where the boundary never occurs. */
export function readParts(body: Uint8Array, boundary: string): readonly Part[] | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  let at = delimiterAt(bytes, delimiter, 0)
  if (at < 0) return undefined
  const parts: Part[] = []
  while (parts.length < mostParts) {
    const from = at + delimiter.length
    if (bytes[from] === 0x2d && bytes[from + 1] === 0x2d) break
    const start = bytes.indexOf('\n', from)
    if (start < 0) break
    const next = delimiterAt(bytes, delimiter, start)
    parts.push(readPart(bytes.subarray(start + 1, next < 0 ? undefined : endBefore(bytes, next, start + 1)), next >= 0))
    if (next < 0) break
    at = next
  }
  return parts
}

/** The boundary that a body without a usable Content-Type seems to have: its first line. */
export function guessBoundary(body: Uint8Array): string | undefined {
  const head = Buffer.from(body.subarray(0, 80)).toString('latin1')
  return /^--([\w'()+,./:=?-]{1,70})\r\n[A-Za-z-]+:/.exec(`${head}`)?.[1]
}

/** A delimiter stands at the beginning of a line. */
function delimiterAt(bytes: Buffer, delimiter: Buffer, from: number): number {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1))
    if (at === 0 || bytes[at - 1] === 0x0a) return at
  return -1
}

/** The line end before a delimiter belongs to the delimiter. */
const endBefore = (bytes: Buffer, delimiter: number, start: number): number =>
  Math.max(start, delimiter - (bytes[delimiter - 2] === 0x0d ? 2 : 1))

function readPart(bytes: Buffer, whole: boolean): Part {
  if (bytes[0] === 0x0a || (bytes[0] === 0x0d && bytes[1] === 0x0a))
    return { headers: [], bytes: bytes.subarray(bytes[0] === 0x0a ? 1 : 2), whole }
  const head = bytes.subarray(0, mostHeaderBytes)
  const crlf = head.indexOf('\r\n\r\n')
  const lf = head.indexOf('\n\n')
  const [end, gap] = crlf >= 0 && (lf < 0 || crlf < lf) ? [crlf, 4] : [lf, 2]
  if (end < 0) return { headers: readHeaders(head.toString('latin1')), bytes: bytes.subarray(head.length), whole }
  return { headers: readHeaders(head.toString('latin1', 0, end)), bytes: bytes.subarray(end + gap), whole }
}

/** Header lines as they stand in a body. */
export const readHeaders = (text: string): readonly Header[] =>
  text
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter(line => line !== '')
    .map(line => {
      const colon = line.indexOf(':')
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
