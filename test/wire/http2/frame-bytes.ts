/** HTTP/2 by hand for the tests: frames and header blocks as bytes. */
import { codeLengths, codes } from '../../../src/wire/http2/hpack/huffman.ts'

export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

export function frameBytes(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(9)
  header.writeUIntBE(payload.length, 0, 3)
  header[3] = type
  header[4] = flags
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, payload])
}

/** RFC 7541 5.1 */
export function integer(value: number, prefixBits: number, first = 0): number[] {
  const max = 2 ** prefixBits - 1
  if (value < max) return [first | value]
  const bytes = [first | max]
  let rest = value - max
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128))
  return [...bytes, rest]
}

const codeOf = codes()

export function huffman(text: string): Buffer {
  let bits = ''
  for (const byte of Buffer.from(text, 'latin1')) bits += codeOf[byte]!.toString(2).padStart(codeLengths[byte]!, '0')
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

export function string(text: string, coded = false): Buffer {
  const bytes = coded ? huffman(text) : Buffer.from(text, 'latin1')
  return Buffer.concat([Buffer.from(integer(bytes.length, 7, coded ? 128 : 0)), bytes])
}

/** A literal with a literal name, added to the table when `indexed`. */
export const literal = (name: string, value: string, indexed = false, coded = true): Buffer =>
  Buffer.concat([Buffer.from([indexed ? 0x40 : 0]), string(name, coded), string(value, coded)])

export const block = (...fields: readonly (readonly [name: string, value: string])[]): Buffer =>
  Buffer.concat(fields.map(([name, value]) => literal(name, value)))
