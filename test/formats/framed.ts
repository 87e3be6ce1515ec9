/** A message of gRPC behind its prefix; `length` is what the prefix says. */
export const framed = (flags: number, content: Uint8Array, length = content.length): Buffer => {
  const prefix = Buffer.alloc(5)
  prefix[0] = flags
  prefix.writeUInt32BE(length, 1)
  return Buffer.concat([prefix, content])
}
