/** One WebSocket frame by hand, final unless `fin` is false. */
export function webSocketFrame(opcode: number, payload: Uint8Array, masked: boolean, rsv = 0, fin = true): Buffer {
  const { length } = payload
  const size = length > 65_535 ? 127 : length > 125 ? 126 : length
  const header = Buffer.alloc(2 + (size === 127 ? 8 : size === 126 ? 2 : 0))
  header[0] = (fin ? 128 : 0) | (rsv << 4) | opcode
  header[1] = (masked ? 128 : 0) | size
  if (size === 127) header.writeBigUInt64BE(BigInt(length), 2)
  else if (size === 126) header.writeUInt16BE(length, 2)
  if (!masked) return Buffer.concat([header, payload])
  const key = Buffer.from([1, 2, 3, 250])
  return Buffer.concat([header, key, payload.map((byte, i) => byte ^ key[i & 3]!)])
}
