/** Numbers and vectors as TLS writes them: RFC 8446 3.3, 3.4. What is too long for its length is the caller's fault. */

export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255)

export const list8 = (data: Uint8Array): Buffer => Buffer.concat([Buffer.of(data.length), data])

export const list16 = (data: Uint8Array): Buffer => Buffer.concat([u16(data.length), data])

export const list24 = (data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(data.length >> 16, (data.length >> 8) & 255, data.length & 255), data])

/** A handshake message: type, length, body (RFC 8446 4). */
export const handshake = (type: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.of(type), list24(body)])
