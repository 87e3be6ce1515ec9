import { type ByteReader, decimal, hex, type Show, type ShowBytes } from '../reader.ts'

type Width = 1 | 2 | 3

// The longest point of a named curve, P-521's, is 133 bytes and still shown in full.
const longestShown = 136

/** Hex; what is long is cut and says its length. The bytes themselves are in the message. */
export const shortHex: ShowBytes = bytes =>
  bytes.length <= longestShown ? hex(bytes) : `${hex(bytes.subarray(0, 32))}… (${bytes.length} bytes)`

/** Bytes as characters, one each, so that nothing is lost. Not safe to print: it is the network's. */
export const latin1: ShowBytes = bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/** `1 suite`, `16 suites` */
export const count = (n: number, noun: string): string =>
  `${n} ${n === 1 ? noun : noun.replace(/y$/, 'ie').concat('s')}`

function readLength(r: ByteReader, width: Width, name: string): number {
  if (width === 1) return r.u8(name)
  return width === 2 ? r.u16(name) : r.u24(name)
}

/** A length of `width` bytes and that many bytes: RFC 8446 3.4, `opaque name<..>`. A view, not a copy. */
export function opaque(r: ByteReader, width: Width, name: string, show: ShowBytes = shortHex): Uint8Array {
  return r.bytes(readLength(r, width, `${name}_length`), name, show)
}

/** A length of `width` bytes and items until it is used up: RFC 8446 3.4, `Item name<..>`. `show` says it in a line. */
export function vector<T>(
  r: ByteReader,
  width: Width,
  name: string,
  read: (item: ByteReader) => T,
  show: (items: readonly T[]) => string,
): T[] {
  const block = r.block(readLength(r, width, `${name}_length`), name)
  const index = r.fields.length - 1
  const items = block.list(read)
  if (!r.quiet) say(r, index, show(items))
  return items
}

/** A vector of numbers, one or two bytes each. */
export function numbers(
  r: ByteReader,
  width: Width,
  name: string,
  size: 1 | 2,
  item: string,
  show: Show = decimal,
  noun = 'value',
): number[] {
  const read = size === 1 ? (i: ByteReader) => i.u8(item, show) : (i: ByteReader) => i.u16(item, show)
  return vector(r, width, name, read, items => count(items.length, noun))
}

/** Says in a line what the field at `index` holds, once that is known. */
export function say(r: ByteReader, index: number, shown: string): void {
  const field = r.fields[index]
  if (field) r.fields[index] = { ...field, shown }
}
