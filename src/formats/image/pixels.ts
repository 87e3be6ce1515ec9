import { type Allowance, unlimited } from '../decode.ts'

/** A decoded image. Channels are 0 to 255. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** 0xrrggbbaa of a pixel inside the image. */
  at(x: number, y: number): number
}

/** What a decoder answers where it will not or cannot draw: a sentence. */
export type Undrawn = string

const mostPixelBytes = 32 * 1024 * 1024

/** Takes so many bytes for a preview; false where that is too much for one image, or more than is left. */
export function takePixels(bytes: number, allowance: Allowance = unlimited): boolean {
  if (bytes > Math.min(mostPixelBytes, allowance.left)) return false
  allowance.left -= bytes
  return true
}

export const rgba = (r: number, g: number, b: number, a: number): number => ((r << 24) | (g << 16) | (b << 8) | a) >>> 0
