/** DER put together from parts that are DER already: for what is made once a host, where a tree of nodes costs too much. */

/** One value: its tag and its length, before its parts. */
function value(tag: number, ...parts: readonly Buffer[]): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  return Buffer.concat([headOf(tag, length), ...parts])
}

export const integer = (bytes: Buffer): Buffer => value(0x02, bytes)
export const bits = (bytes: Buffer): Buffer => value(0x03, Buffer.of(0), bytes)
export const octets = (bytes: Buffer): Buffer => value(0x04, bytes)
export const utf8 = (text: string): Buffer => value(0x0c, Buffer.from(text))
export const sequence = (...parts: readonly Buffer[]): Buffer => value(0x30, ...parts)
export const set = (...parts: readonly Buffer[]): Buffer => value(0x31, ...parts)

/** `[number] EXPLICIT`, around one value. */
export const tagged = (number: number, inner: Buffer): Buffer => value(0xa0 + number, inner)

/** `[number] IMPLICIT`, a primitive. */
export const tag = (number: number, bytes: Buffer): Buffer => value(0x80 + number, bytes)

/** A Time, ms since the epoch, cut to seconds. RFC 5280 4.1.2.5: UTCTime up to 2049, GeneralizedTime after. */
export function time(at: number): Buffer {
  const digits = `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`
  return digits < '2050' ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits))
}

function headOf(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(tag, length)
  if (length < 0x100) return Buffer.of(tag, 0x81, length)
  if (length < 0x10000) return Buffer.of(tag, 0x82, length >> 8, length & 0xff)
  return Buffer.of(tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
}
