/** A decoded image. Channels are 0 to 255. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** 0xrrggbbaa of a pixel inside the image. */
  at(x: number, y: number): number
}

/** What a decoder answers where it will not or cannot draw: a sentence. */
export type Undrawn = string

/** No more than this is unpacked for a preview, in bytes. */
export const mostPixelBytes = 32 * 1024 * 1024

export const rgba = (r: number, g: number, b: number, a: number): number => ((r << 24) | (g << 16) | (b << 8) | a) >>> 0
