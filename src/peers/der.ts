/**
 * The few DER encodings (X.690) that a certificate needs. Not those of `ca`: a peer stands for somebody else, whose
 * certificates must not share the authority's mistakes, and forge would be loaded with them.
 */
type Bytes = Uint8Array

const tlv = (tag: number, ...contents: readonly Bytes[]): Buffer => {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.of(0x80 | bytes.length, ...bytes)
}

export const sequence = (...items: readonly Bytes[]) => tlv(0x30, ...items)
export const set = (...items: readonly Bytes[]) => tlv(0x31, ...items)
/** A non-negative integer from its big-endian bytes, without leading zeros. */
export const integer = (...bytes: readonly number[]) => tlv(0x02, Buffer.of(...(bytes[0]! & 0x80 ? [0] : []), ...bytes))
export const boolean = (value: boolean) => tlv(0x01, Buffer.of(value ? 0xff : 0))
export const nothing = () => tlv(0x05)
export const octets = (...contents: readonly Bytes[]) => tlv(0x04, ...contents)
export const bits = (bytes: Bytes, unused = 0) => tlv(0x03, Buffer.of(unused), bytes)
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))
/** An explicit, constructed context tag. */
export const explicit = (number: number, ...contents: readonly Bytes[]) => tlv(0xa0 | number, ...contents)
/** An implicit, primitive context tag. */
export const implicit = (number: number, contents: Bytes) => tlv(0x80 | number, contents)

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number)
  return tlv(0x06, Buffer.from([first * 40 + second, ...arcs.flatMap(base128)]))
}

function base128(arc: number): number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128))
  return bytes
}

/** UTCTime before 2050, GeneralizedTime from then on (RFC 5280 4.1.2.5). Fractions of a second are dropped. */
export function time(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  return date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits))
}
