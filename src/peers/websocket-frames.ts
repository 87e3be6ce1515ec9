import { createHash, randomBytes } from 'node:crypto'

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface Frame {
  readonly final: boolean
  readonly opcode: number
  readonly masked: boolean
  readonly payload: Buffer
}

const maxPayload = 64 * 1024 // plenty for a chat, and it bounds what a reader holds

/** The Sec-WebSocket-Accept that answers a key (RFC 6455 4.2.2). */
export const acceptFor = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

/** One frame (RFC 6455 5.2). Clients mask, servers do not. Throws RangeError from 64 KiB on. */
export function frame(opcode: number, payload: Uint8Array, masked: boolean, final = true): Buffer {
  if (payload.length >= maxPayload) throw new RangeError(`a frame of ${payload.length} bytes is too long`)
  const head = Buffer.alloc(payload.length < 126 ? 2 : 4)
  head[0] = (final ? 0x80 : 0) | opcode
  head[1] = (masked ? 0x80 : 0) | Math.min(payload.length, 126)
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2)
  if (!masked) return Buffer.concat([head, payload])
  const key = randomBytes(4)
  return Buffer.concat([head, key, unmask(payload, key)])
}

const unmask = (payload: Uint8Array, key: Uint8Array): Buffer =>
  Buffer.from(payload.map((byte, index) => byte ^ key[index % 4]!))

/** Push bytes, get whole frames. Throws RangeError at a frame of 64 KiB or more. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0)

  push(bytes: Uint8Array): Frame[] {
    this.#held = Buffer.concat([this.#held, bytes])
    const frames: Frame[] = []
    for (let next = this.#next(); next; next = this.#next()) frames.push(next)
    return frames
  }

  #next(): Frame | undefined {
    const held = this.#held
    if (held.length < 2) return undefined
    const short = held[1]! & 0x7f
    if (short === 127) throw new RangeError('a frame of 64 KiB or more')
    const lengthEnd = short === 126 ? 4 : 2
    const masked = held[1]! >= 0x80
    const start = lengthEnd + (masked ? 4 : 0)
    if (held.length < start) return undefined
    const length = short === 126 ? held.readUInt16BE(2) : short
    if (held.length < start + length) return undefined
    this.#held = held.subarray(start + length)
    const raw = held.subarray(start, start + length)
    const payload = masked ? unmask(raw, held.subarray(lengthEnd, start)) : Buffer.from(raw)
    return { final: held[0]! >= 0x80, opcode: held[0]! & 0x0f, masked, payload }
  }
}
