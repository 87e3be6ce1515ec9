import { formatBytes } from '../format.ts'
import type { Render } from './renderer.ts'

interface ImageFacts {
  readonly format: string
  readonly width?: number
  readonly height?: number
}

/** Format, pixels and bytes of an image. */
export const renderImage: Render = ({ bytes }) => {
  const facts = imageFacts(bytes)
  if (!facts) return undefined
  const pixels = facts.width === undefined ? '' : `, ${facts.width} × ${facts.height} pixels`
  return [`${facts.format} image${pixels}, ${formatBytes(bytes.length)}`]
}

/** What the first bytes of an image say; undefined for anything else. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const starts = (at: number, ascii: string) => [...ascii].every((c, i) => bytes[at + i] === c.charCodeAt(0))
  if (starts(0, '\x89PNG\r\n\x1a\n'))
    return bytes.length < 24
      ? { format: 'PNG' }
      : { format: 'PNG', width: view.getUint32(16), height: view.getUint32(20) }
  if (starts(0, 'GIF87a') || starts(0, 'GIF89a'))
    return bytes.length < 10
      ? { format: 'GIF' }
      : { format: 'GIF', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (starts(0, 'RIFF') && starts(8, 'WEBP')) return { format: 'WebP' }
  if (starts(4, 'ftypavif')) return { format: 'AVIF' }
  if (starts(0, '\0\0\x01\0')) return { format: 'ICO' }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return { format: 'JPEG', ...jpegSize(view) }
  return undefined
}

/** The frame header's size (ITU T.81 B.2.2): walks the segments up to the first SOF. */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
  let at = 2
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const startOfFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (startOfFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return undefined
}
