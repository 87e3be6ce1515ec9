import { MalformedError } from '../reader.ts'

const longestOid = 128 // octets; the longest in use, a UUID arc, takes 20

/** Content octets of an OBJECT IDENTIFIER in dotted decimal. `offset` is where they start. X.690 8.19 */
export function oidText(bytes: Uint8Array, offset: number): string {
  if (bytes.length === 0 || bytes.length > longestOid || bytes.at(-1)! >= 0x80)
    throw new MalformedError(offset, `object identifier of ${bytes.length} bytes`)
  const arcs: bigint[] = []
  let arc = 0n
  for (const octet of bytes) {
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if (octet >= 0x80) continue
    if (arcs.length > 0) arcs.push(arc)
    else if (arc < 80n) arcs.push(arc / 40n, arc % 40n)
    else arcs.push(2n, arc - 80n)
    arc = 0n
  }
  return arcs.join('.')
}

/** Exact up to 2^53 - 1. */
export function bigEndian(bytes: Uint8Array): number {
  let value = 0
  for (const octet of bytes) value = value * 256 + octet
  return value
}

const utf8 = new TextDecoder()
const ascii = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** Universal tags of character strings, and how each is read. TeletexString is read as latin1, as browsers do. */
const decoders: Readonly<Record<number, (bytes: Uint8Array, offset: number) => string>> = {
  12: bytes => utf8.decode(bytes), // UTF8String
  18: ascii, // NumericString
  19: ascii, // PrintableString
  20: ascii, // TeletexString
  22: ascii, // IA5String
  26: ascii, // VisibleString
  27: ascii, // GeneralString
  28: universalText,
  30: bmpText,
}
export const stringTags: ReadonlySet<number> = new Set(Object.keys(decoders).map(Number))

/** A character string of the universal tag `tag`; `offset` is where its content starts. */
export function textOf(tag: number, bytes: Uint8Array, offset: number): string {
  const decode = decoders[tag]
  if (!decode) throw new MalformedError(offset, `tag ${tag} is no character string`)
  return decode(bytes, offset)
}

function bmpText(bytes: Uint8Array, offset: number): string {
  if (bytes.length % 2) throw new MalformedError(offset, `BMPString of ${bytes.length} bytes`)
  return Buffer.from(bytes).swap16().toString('utf16le')
}

function universalText(bytes: Uint8Array, offset: number): string {
  if (bytes.length % 4) throw new MalformedError(offset, `UniversalString of ${bytes.length} bytes`)
  let text = ''
  for (let i = 0; i < bytes.length; i += 4) {
    const point = bigEndian(bytes.subarray(i, i + 4))
    if (point > 0x10ffff) throw new MalformedError(offset + i, `no character ${point}`)
    text += String.fromCodePoint(point)
  }
  return text
}

const timeForm = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(\.\d{1,9})?(?:Z|([+-])(\d{2})(\d{2}))$/

/** UTCTime (tag 0x17; years 1950 to 2049, RFC 5280 4.1.2.5.1) or GeneralizedTime (0x18), in ms since the epoch. */
export function readTime(tag: number, bytes: Uint8Array, offset: number): number {
  if (tag !== 0x17 && tag !== 0x18) throw new MalformedError(offset, `tag ${tag} is no time`)
  const text = bytes.length <= 32 ? ascii(bytes) : ''
  const parts = timeForm.exec(text)
  if (!parts || (tag === 0x17) !== (parts[1]!.length === 2)) throw new MalformedError(offset, 'time in no known form')
  const [month, day, hour, minute, second] = parts.slice(2, 7).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const short = Number(parts[1])
  const year = tag === 0x18 ? short : short < 50 ? 2000 + short : 1900 + short
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59)
    throw new MalformedError(offset, `no such time as ${text}`)
  date.setUTCHours(hour, minute, second, Math.floor(Number(`0${parts[7] ?? ''}`) * 1000))
  const zone = parts[8] ? (Number(parts[9]) * 60 + Number(parts[10])) * 60_000 : 0
  return date.getTime() - (parts[8] === '-' ? -zone : zone)
}
