import type { Pixels } from '../../formats/image/pixels.ts'
import type { BodyLine, BodySpan } from './outline.ts'

const samples = 4 // along each side of the square that one half block stands for
const ground = 0x80 // transparent pixels are drawn on grey, which shows black and white alike

/**
 * The image in half blocks: the upper half of a character is a pixel in its foreground colour, the lower half one in
 * its background colour. Never larger than the image, or than the space.
 */
export function halfBlocks(pixels: Pixels, mostColumns: number, mostRows: number): readonly BodyLine[] {
  const scale = Math.max(1, pixels.width / mostColumns, pixels.height / (mostRows * 2))
  const columns = Math.max(1, Math.floor(pixels.width / scale))
  const halves = Math.max(1, Math.floor(pixels.height / scale))
  const lines: BodyLine[] = []
  for (let y = 0; y < halves; y += 2) {
    const spans: { -readonly [key in keyof BodySpan]: BodySpan[key] }[] = []
    for (let x = 0; x < columns; x++) {
      const fg = average(pixels, x, y, scale)
      const bg = y + 1 < halves ? average(pixels, x, y + 1, scale) : undefined
      const last = spans.at(-1)
      if (last && last.fg === fg && last.bg === bg) last.text += '▀'
      else spans.push(bg === undefined ? { text: '▀', fg } : { text: '▀', fg, bg })
    }
    lines.push({ text: '▀'.repeat(columns), depth: 0, spans })
  }
  return lines
}

/** `#rrggbb` of a square of the image, from a few of its pixels. */
function average(pixels: Pixels, column: number, row: number, scale: number): string {
  const step = scale / Math.min(samples, Math.ceil(scale))
  let [r, g, b, count] = [0, 0, 0, 0]
  for (let y = row * scale; y < (row + 1) * scale - 1e-6; y += step)
    for (let x = column * scale; x < (column + 1) * scale - 1e-6; x += step) {
      const pixel = pixels.at(Math.min(pixels.width - 1, Math.floor(x)), Math.min(pixels.height - 1, Math.floor(y)))
      const alpha = (pixel & 0xff) / 255
      const over = (shift: number) => ((pixel >>> shift) & 0xff) * alpha + ground * (1 - alpha)
      r += over(24)
      g += over(16)
      b += over(8)
      count++
    }
  const hex = (sum: number) =>
    Math.round(sum / count)
      .toString(16)
      .padStart(2, '0')
  return `#${hex(r)}${hex(g)}${hex(b)}`
}
