const latin1Slice = (
  Buffer.prototype as unknown as { latin1Slice(this: Uint8Array, start: number, end: number): string }
).latin1Slice

/** The bytes as a string, one character each, in one native call. */
export const latin1 = (bytes: Uint8Array, start = 0, end = bytes.length): string => latin1Slice.call(bytes, start, end)
