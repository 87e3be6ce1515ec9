import type { Allowance } from '../../formats/decode.ts'
import { bmpPixels } from '../../formats/image/bmp-pixels.ts'
import { imageFacts } from '../../formats/image/facts.ts'
import { gifPixels } from '../../formats/image/gif-pixels.ts'
import type { Pixels, Undrawn } from '../../formats/image/pixels.ts'
import { pngPixels } from '../../formats/image/png-pixels.ts'
import { formatBytes } from '../format.ts'
import { halfBlocks } from './half-blocks.ts'
import { note } from './outline.ts'
import type { Render } from './renderer.ts'

const columns = 76
const rows = 30

const decoders: Readonly<Record<string, (bytes: Uint8Array, allowance: Allowance) => Pixels | Undrawn>> = {
  PNG: pngPixels,
  GIF: gifPixels,
  BMP: bmpPixels,
  SVG: () => 'an SVG is not drawn; its text is the next view',
}

/** Format, pixels, colours and bytes of an image, and a preview in half blocks where the format can be drawn. */
export const renderImage: Render = ({ bytes, wholeLength = bytes.length }, { maxLines, allowance }) => {
  const facts = imageFacts(bytes)
  if (!facts) return undefined
  const { format, width, height, details } = facts
  const size = width === undefined ? [] : [`${width} × ${height} pixels`]
  const title = note([`${format} image`, ...size, ...details, formatBytes(wholeLength)].join(', '), 'bold')
  const decode = Object.hasOwn(decoders, format) ? decoders[format] : undefined
  const pixels = decode ? decode(bytes, allowance) : `no preview: Parley draws PNG, GIF and BMP, not ${format}`
  if (typeof pixels === 'string') return [title, note(pixels)]
  return [title, ...halfBlocks(pixels, columns, Math.max(1, Math.min(rows, maxLines - 1)))]
}
