import { constants, inflateSync } from 'node:zlib'
import type { Allowance } from '../decode.ts'
import { type Pixels, rgba, takePixels, type Undrawn } from './pixels.ts'

// By hand: fast-png refuses a PNG that is cut, as most large ones here are, and takes gigabytes at a header's word.

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
}

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** Decodes a PNG of any colour type and depth without interlacing (PNG third edition). One cut short is drawn as far as it goes. */
export function pngPixels(bytes: Uint8Array, allowance?: Allowance): Pixels | Undrawn {
  const chunks = readChunks(bytes)
  if (!chunks.header) return 'the PNG ends before its header'
  const { width, height, depth, colour } = chunks.header
  const perPixel = (channels[colour] ?? 0) * depth
  if (!depths[colour]?.includes(depth) || width === 0 || height === 0) return 'its PNG header is not valid'
  if (chunks.interlaced) return 'an interlaced PNG is not drawn'
  const rowBytes = Math.ceil((width * perPixel) / 8)
  const size = (rowBytes + 1) * height
  if (!takePixels(size, allowance)) return 'the image is too large for a preview'
  const raw = inflate(chunks.data, size)
  if (!raw) return 'its pixels cannot be unpacked'
  unfilter(raw, rowBytes, Math.max(1, perPixel >> 3))
  const read = readerOf(chunks.header, chunks.palette, chunks.transparent)
  const rows = Math.floor(raw.length / (rowBytes + 1))
  return {
    width,
    height,
    at: (x, y) => (y < rows ? read(raw, y * (rowBytes + 1) + 1, x) : 0),
  }
}

interface Chunks {
  header?: Header
  interlaced: boolean
  palette: Uint8Array
  transparent: Uint8Array | undefined
  data: Uint8Array[]
}

function readChunks(bytes: Uint8Array): Chunks {
  const chunks: Chunks = { interlaced: false, palette: new Uint8Array(0), transparent: undefined, data: [] }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at)
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR' && content.length >= 13) {
      chunks.header = {
        width: view.getUint32(at + 8),
        height: view.getUint32(at + 12),
        depth: content[8]!,
        colour: content[9]!,
      }
      chunks.interlaced = content[12] !== 0
    } else if (type === 'PLTE') chunks.palette = content
    else if (type === 'tRNS') chunks.transparent = content
    else if (type === 'IDAT') chunks.data.push(content)
    else if (type === 'IEND') break
    at += 12 + length
  }
  return chunks
}

function inflate(data: readonly Uint8Array[], size: number): Uint8Array | undefined {
  try {
    return inflateSync(Buffer.concat(data), { maxOutputLength: size + 1, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return undefined
  }
}

/** Undoes the filters of all rows in place (section 9). */
function unfilter(raw: Uint8Array, rowBytes: number, back: number): void {
  const stride = rowBytes + 1
  for (let start = 0; start + stride <= raw.length; start += stride) {
    const filter = raw[start]!
    if (filter === 0) continue
    for (let i = 1; i <= rowBytes; i++) {
      const at = start + i
      const left = i > back ? raw[at - back]! : 0
      const up = start > 0 ? raw[at - stride]! : 0
      if (filter === 1) raw[at] = raw[at]! + left
      else if (filter === 2) raw[at] = raw[at]! + up
      else if (filter === 3) raw[at] = raw[at]! + ((left + up) >> 1)
      else if (filter === 4) raw[at] = raw[at]! + paeth(left, up, i > back && start > 0 ? raw[at - stride - back]! : 0)
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

type ReadPixel = (raw: Uint8Array, row: number, x: number) => number

/** Reads one pixel of an unfiltered row; of 16 bits the upper eight. */
function readerOf({ depth, colour }: Header, palette: Uint8Array, transparent: Uint8Array | undefined): ReadPixel {
  const step = depth === 16 ? 2 : 1
  const key = transparent && [0, 2, 4].map(i => ((transparent[i] ?? 0) << 8) | (transparent[i + 1] ?? 0))
  const sample = (raw: Uint8Array, at: number) => (depth === 16 ? (raw[at]! << 8) | raw[at + 1]! : raw[at]!)
  if (colour === 6)
    return (raw, row, x) => {
      const at = row + x * 4 * step
      return rgba(raw[at]!, raw[at + step]!, raw[at + 2 * step]!, raw[at + 3 * step]!)
    }
  if (colour === 4)
    return (raw, row, x) => {
      const at = row + x * 2 * step
      return rgba(raw[at]!, raw[at]!, raw[at]!, raw[at + step]!)
    }
  if (colour === 2)
    return (raw, row, x) => {
      const at = row + x * 3 * step
      const clear = key?.every((value, i) => value === sample(raw, at + i * step))
      return rgba(raw[at]!, raw[at + step]!, raw[at + 2 * step]!, clear ? 0 : 255)
    }
  const small = (raw: Uint8Array, row: number, x: number) =>
    (raw[row + ((x * depth) >> 3)]! >> (8 - depth - ((x * depth) & 7))) & ((1 << depth) - 1)
  if (colour === 3)
    return (raw, row, x) => {
      const index = small(raw, row, x)
      const at = index * 3
      return rgba(palette[at] ?? 0, palette[at + 1] ?? 0, palette[at + 2] ?? 0, transparent?.[index] ?? 255)
    }
  return (raw, row, x) => {
    const value = depth < 8 ? small(raw, row, x) : sample(raw, row + x * step)
    const grey = depth === 16 ? value >> 8 : Math.round((value * 255) / ((1 << depth) - 1))
    return rgba(grey, grey, grey, key?.[0] === value ? 0 : 255)
  }
}
