// By hand: music-metadata is asynchronous, eleven packages, and loads for 160 ms, longer than all of view/body.

/** What a video or audio file says of itself: names and values, as far as they are known. */
export interface MediaFacts {
  readonly container: string
  /** In seconds. */
  readonly seconds?: number
  /** One line for each track, such as `video avc1, 640 × 360`. */
  readonly tracks: readonly string[]
}

/** Reads facts from the beginning of a file; `wholeLength` in bytes is the file's. Undefined where it is another format. */
export type ReadMedia = (bytes: Uint8Array, wholeLength: number) => MediaFacts | undefined

/** Facts without what is not known. */
export const mediaFacts = (container: string, seconds: number | undefined, tracks: readonly string[]): MediaFacts =>
  seconds === undefined || !Number.isFinite(seconds) || seconds <= 0
    ? { container, tracks }
    : { container, seconds, tracks }

export const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1')
