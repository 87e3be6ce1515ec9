import type { Readable } from 'node:stream'

/** The bytes of a stream, which ends if its reader gives up: a generator would not, where nothing was read yet. */
export const untilGivenUp = (
  stream: Readable,
  parts: AsyncIterable<Uint8Array> = stream,
): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]() {
    const inner = parts[Symbol.asyncIterator]()
    return {
      next: () => inner.next(),
      async return() {
        stream.destroy()
        return { done: true, value: undefined }
      },
    }
  },
})
