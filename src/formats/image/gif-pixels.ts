import type { Allowance } from '../decode.ts'
import { type Pixels, rgba, takePixels, type Undrawn } from './pixels.ts'

// By hand: omggif refuses a GIF that is cut, and takes gigabytes at a header's word.

/** Decodes the first frame of a GIF (GIF89a). One cut short is drawn as far as it goes. */
export function gifPixels(bytes: Uint8Array, allowance?: Allowance): Pixels | Undrawn {
  const u16 = (at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
  const [width, height, flags] = [u16(6), u16(8), bytes[10] ?? 0]
  if (width === 0 || height === 0) return 'the GIF has no pixels'
  const global = flags & 0x80 ? bytes.subarray(13, 13 + tableBytes(flags)) : new Uint8Array(0)
  const found = findFrame(bytes, 13 + global.length)
  if (!found) return 'the GIF ends before its first frame'
  const { at, transparent } = found
  const [left, top, frameWidth, frameHeight, frameFlags] = [
    u16(at),
    u16(at + 2),
    u16(at + 4),
    u16(at + 6),
    bytes[at + 8] ?? 0,
  ]
  if (frameWidth === 0 || !takePixels(frameWidth * frameHeight, allowance))
    return 'the image is too large for a preview'
  const local = frameFlags & 0x80 ? bytes.subarray(at + 9, at + 9 + tableBytes(frameFlags)) : undefined
  const palette = local ?? global
  const data = at + 9 + (local?.length ?? 0)
  const indexes = unpack(subBlocks(bytes, data + 1), bytes[data] ?? 0, frameWidth * frameHeight)
  const rowOf = frameFlags & 0x40 ? interlacedRows(frameHeight) : undefined
  return {
    width,
    height,
    at(x, y) {
      const [column, line] = [x - left, y - top]
      if (column < 0 || line < 0 || column >= frameWidth || line >= frameHeight) return 0
      const place = (rowOf?.[line] ?? line) * frameWidth + column
      if (place >= indexes.length || indexes[place] === transparent) return 0
      const colour = indexes[place]! * 3
      return rgba(palette[colour] ?? 0, palette[colour + 1] ?? 0, palette[colour + 2] ?? 0, 255)
    },
  }
}

const tableBytes = (flags: number): number => 3 * (2 << (flags & 7))

/** Walks the extensions up to the first image descriptor; the transparent index stands in a graphic control extension. */
function findFrame(bytes: Uint8Array, from: number): { at: number; transparent?: number } | undefined {
  let transparent: number | undefined
  for (let at = from; at < bytes.length; ) {
    if (bytes[at] === 0x2c) return transparent === undefined ? { at: at + 1 } : { at: at + 1, transparent }
    if (bytes[at] !== 0x21) return undefined
    if (bytes[at + 1] === 0xf9 && (bytes[at + 3] ?? 0) & 1) transparent = bytes[at + 6]!
    at += 2
    while ((bytes[at] ?? 0) !== 0) at += bytes[at]! + 1
    at++
  }
  return undefined
}

function subBlocks(bytes: Uint8Array, from: number): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = from; at < bytes.length && bytes[at] !== 0; at += bytes[at]! + 1)
    blocks.push(bytes.subarray(at + 1, at + 1 + bytes[at]!))
  return Buffer.concat(blocks)
}

const mostCodes = 4096

/** LZW with codes of growing length, least significant bit first (GIF89a appendix F). */
function unpack(data: Uint8Array, minimum: number, pixels: number): Uint8Array {
  const out = new Uint8Array(pixels)
  if (minimum < 1 || minimum > 8) return out.subarray(0, 0)
  const [clear, stop] = [1 << minimum, (1 << minimum) + 1]
  const prefix = new Uint16Array(mostCodes)
  const suffix = new Uint8Array(mostCodes)
  const stack = new Uint8Array(mostCodes + 1)
  let [size, next, before, first, written, bits, held] = [minimum + 1, stop + 1, -1, 0, 0, 0, 0]
  for (let at = 0; written < pixels; ) {
    for (; bits < size && at < data.length; bits += 8) held |= data[at++]! << bits
    if (bits < size) break
    const code = held & ((1 << size) - 1)
    held >>>= size
    bits -= size
    if (code === stop) break
    if (code === clear) {
      ;[size, next, before] = [minimum + 1, stop + 1, -1]
      continue
    }
    if (code > next || (before < 0 && code >= clear)) break
    let [walk, depth] = [code, 0]
    if (code === next) {
      stack[depth++] = first
      walk = before
    }
    for (; walk > stop; walk = prefix[walk]!) stack[depth++] = suffix[walk]!
    first = walk
    stack[depth++] = first
    while (depth > 0 && written < pixels) out[written++] = stack[--depth]!
    if (before >= 0 && next < mostCodes) {
      prefix[next] = before
      suffix[next++] = first
      if (next === 1 << size && size < 12) size++
    }
    before = code
  }
  return out.subarray(0, written)
}

/** Where the rows of an interlaced frame stand in its data: four passes (GIF89a appendix E). */
function interlacedRows(height: number): readonly number[] {
  const rows: number[] = []
  let place = 0
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const)
    for (let y = start; y < height; y += step) rows[y] = place++
  return rows
}
