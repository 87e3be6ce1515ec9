import { type Pixels, rgba, type Undrawn } from './pixels.ts'

/** Reads an uncompressed BMP of 1, 4, 8, 24 or 32 bits with a BITMAPINFOHEADER or a later header. */
export function bmpPixels(bytes: Uint8Array): Pixels | Undrawn {
  if (bytes.length < 54) return 'the BMP ends before its pixels'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const [offset, headerSize, width, signed] = [10, 14, 18, 22].map(at => view.getInt32(at, true)) as [
    number,
    number,
    number,
    number,
  ]
  const depth = view.getUint16(28, true)
  const height = Math.abs(signed)
  if (headerSize < 40 || width <= 0 || height === 0 || offset < 0) return 'this kind of BMP is not drawn'
  // 3 is BI_BITFIELDS, whose masks are those of 32-bit pixels almost always.
  const compression = view.getUint32(30, true)
  if (compression !== 0 && !(compression === 3 && depth === 32)) return 'a compressed BMP is not drawn'
  if (![1, 4, 8, 24, 32].includes(depth)) return `a BMP of ${depth} bits is not drawn`
  const stride = Math.ceil((width * depth) / 32) * 4
  const palette = 14 + headerSize
  const byte = (at: number) => bytes[at] ?? 0
  return {
    width,
    height,
    at(x, y) {
      const row = offset + (signed > 0 ? height - 1 - y : y) * stride
      if (row + stride > bytes.length) return 0
      const at =
        depth >= 24
          ? row + (x * depth) / 8
          : palette + 4 * ((byte(row + ((x * depth) >> 3)) >> (8 - depth - ((x * depth) & 7))) & ((1 << depth) - 1))
      return rgba(byte(at + 2), byte(at + 1), byte(at), 255)
    },
  }
}
