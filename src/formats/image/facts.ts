import { BinaryReader } from '../binary-reader.ts'
import { avifFacts, type ImageFacts, icoFacts, svgFacts, webpFacts } from './facts-of-containers.ts'

// By hand: image-size knows width and height alone, where this screen also shows colours, depth and process.

type ReadFacts = (bytes: Uint8Array) => ImageFacts

/** Each format by how it begins. */
const formats: readonly (readonly [begins: (bytes: Uint8Array) => boolean, read: ReadFacts])[] = [
  [bytes => has(bytes, 0, '\x89PNG\r\n\x1a\n'), pngFacts],
  [bytes => has(bytes, 0, '\xff\xd8\xff'), jpegFacts],
  [bytes => has(bytes, 0, 'GIF87a') || has(bytes, 0, 'GIF89a'), gifFacts],
  [bytes => has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP'), webpFacts],
  [bytes => has(bytes, 0, 'BM') && (bytes[14] ?? 0) >= 12 && bytes[15] === 0, bmpFacts],
  [bytes => has(bytes, 0, '\0\0\x01\0') || has(bytes, 0, '\0\0\x02\0'), icoFacts],
  [bytes => has(bytes, 4, 'ftypavif') || has(bytes, 4, 'ftypavis') || has(bytes, 4, 'ftyphei'), avifFacts],
  [looksSvg, svgFacts],
]

/** Format, pixels and details; undefined for anything but an image. An image cut short has fewer facts. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  return formats.find(([begins]) => begins(bytes))?.[1](bytes)
}

const has = (bytes: Uint8Array, at: number, ascii: string): boolean =>
  [...ascii].every((c, i) => bytes[at + i] === c.charCodeAt(0))

function looksSvg(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  return /^\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,500}?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(
    head,
  )
}

const pngColours: Readonly<Record<number, string>> = {
  0: 'greyscale',
  2: 'RGB',
  3: 'palette',
  4: 'greyscale with alpha',
  6: 'RGB with alpha',
}

/** IHDR (PNG third edition, 11.2.1). */
function pngFacts(bytes: Uint8Array): ImageFacts {
  if (bytes.length < 29) return { format: 'PNG', details: [] }
  const reader = new BinaryReader(bytes.subarray(16))
  const [width, height, depth, colour] = [reader.u32(), reader.u32(), reader.u8(), reader.u8()]
  const interlaced = bytes[28] === 1 ? ['interlaced'] : []
  return {
    format: 'PNG',
    width,
    height,
    details: [pngColours[colour] ?? `colour type ${colour}`, `${depth} bits`, ...interlaced],
  }
}

function gifFacts(bytes: Uint8Array): ImageFacts {
  const [format, version] = ['GIF', has(bytes, 0, 'GIF89a') ? '89a' : '87a']
  if (bytes.length < 11) return { format, details: [version] }
  const [width, height] = [bytes[6]! | (bytes[7]! << 8), bytes[8]! | (bytes[9]! << 8)]
  const colours = bytes[10]! & 0x80 ? [`${2 << (bytes[10]! & 7)} colours`] : []
  return { format, width, height, details: [version, ...colours] }
}

/** BITMAPCOREHEADER and BITMAPINFOHEADER; a negative height says that the first row is the top one. */
function bmpFacts(bytes: Uint8Array): ImageFacts {
  if (bytes.length < 34) return { format: 'BMP', details: [] }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(14, true) === 12)
    return {
      format: 'BMP',
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      details: [`${view.getUint16(24, true)} bits`],
    }
  const height = Math.abs(view.getInt32(22, true))
  return { format: 'BMP', width: view.getInt32(18, true), height, details: [`${view.getUint16(28, true)} bits`] }
}

const components: Readonly<Record<number, string>> = { 1: 'greyscale', 3: 'colour', 4: 'four components' }
const processes: Readonly<Record<number, string>> = {
  192: 'baseline',
  193: 'extended',
  194: 'progressive',
  195: 'lossless',
}

/** The frame header (ITU T.81 B.2.2): walks the segments up to the first SOF. */
function jpegFacts(bytes: Uint8Array): ImageFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 2
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const details = [components[bytes[at + 9]!], processes[marker], `${bytes[at + 4]} bits`].filter(
        each => each !== undefined,
      )
      return { format: 'JPEG', height: view.getUint16(at + 5), width: view.getUint16(at + 7), details }
    }
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return { format: 'JPEG', details: [] }
}
