/** What the first bytes of an image say. */
export interface ImageFacts {
  readonly format: string
  readonly width?: number
  readonly height?: number
  /** Colour type, depth, compression and the like, in words. */
  readonly details: readonly string[]
}

/** RFC 9649: a lossy, a lossless, or an extended file by its first chunk. */
export function webpFacts(bytes: Uint8Array): ImageFacts {
  const kind = Buffer.from(bytes.subarray(12, 16)).toString('latin1')
  const at = (index: number) => bytes[index] ?? 0
  const u16 = (index: number) => at(index) | (at(index + 1) << 8)
  const u24 = (index: number) => u16(index) | (at(index + 2) << 16)
  if (bytes.length < 30) return { format: 'WebP', details: [] }
  if (kind === 'VP8 ') return { format: 'WebP', width: u16(26) & 0x3fff, height: u16(28) & 0x3fff, details: ['lossy'] }
  if (kind === 'VP8L') {
    const height = (at(22) >> 6) | (at(23) << 2) | ((at(24) & 0x0f) << 10)
    return { format: 'WebP', width: (u16(21) & 0x3fff) + 1, height: height + 1, details: ['lossless'] }
  }
  if (kind !== 'VP8X') return { format: 'WebP', details: [] }
  const flags = at(20)
  const details = [flags & 0x02 && 'animated', flags & 0x10 && 'alpha', flags & 0x20 && 'ICC profile'].filter(Boolean)
  return { format: 'WebP', width: u24(24) + 1, height: u24(27) + 1, details: details as string[] }
}

/** An icon's or cursor's directory: the largest image, and how many there are. A size of 0 stands for 256. */
export function icoFacts(bytes: Uint8Array): ImageFacts {
  const format = bytes[2] === 2 ? 'CUR' : 'ICO'
  const count = (bytes[4] ?? 0) | ((bytes[5] ?? 0) << 8)
  const sizes: (readonly [number, number])[] = []
  for (let i = 0; i < Math.min(count, 64) && 6 + i * 16 + 1 < bytes.length; i++)
    sizes.push([bytes[6 + i * 16]! || 256, bytes[7 + i * 16]! || 256])
  const [width, height] = sizes.reduce((most, size) => (size[0] > most[0] ? size : most), [0, 0] as const)
  const details = [`${count} ${count === 1 ? 'image' : 'images'}`]
  return width > 0 ? { format, width, height, details } : { format, details }
}

/** The first `ispe` property (ISO/IEC 23008-12 6.5.3), found by its name, in the first kilobytes. */
export function avifFacts(bytes: Uint8Array): ImageFacts {
  const head = Buffer.from(bytes.subarray(0, 65_536))
  const format = head.toString('latin1', 8, 11) === 'avi' ? 'AVIF' : 'HEIF'
  const at = head.indexOf('ispe')
  if (at < 0 || at + 16 > head.length) return { format, details: [] }
  return { format, width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12), details: [] }
}

/** The width, height and viewBox of the root element. */
export function svgFacts(bytes: Uint8Array): ImageFacts {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('utf8')
  const root = /<svg\b[^>]*/.exec(head)?.[0] ?? ''
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']{1,60})["']`).exec(root)?.[1]
  const pixels = (value: string | undefined) =>
    /^\d+(?:\.\d+)?(?:px)?$/.test(value ?? '') ? Number.parseFloat(value!) : undefined
  const [width, height] = [pixels(attribute('width')), pixels(attribute('height'))]
  const box = attribute('viewBox')
  const details = box === undefined ? [] : [`viewBox ${box}`]
  return width === undefined || height === undefined
    ? { format: 'SVG', details }
    : { format: 'SVG', width, height, details }
}
