/** AES-128-GCM records and the key schedules of SHA-256, from RFC 8446 5 and 7, RFC 5246 5 and RFC 5288; not by what is tested. */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto'
import { u8, u16, vector8 } from '../offer.ts'

export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest()
export const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest()

/** HKDF-Expand-Label, for up to 32 bytes: RFC 8446 7.1. */
export function expandLabel(secret: Uint8Array, label: string, context: Uint8Array, length = 32): Buffer {
  const info = [u16(length), vector8(Buffer.from(`tls13 ${label}`)), vector8(context)]
  return hmac(secret, ...info, u8(1)).subarray(0, length)
}

/** The PRF of TLS 1.2: RFC 5246 5. */
export function prf(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Buffer {
  const whole = Buffer.concat([Buffer.from(label), seed])
  const blocks: Buffer[] = []
  for (let a = hmac(secret, whole); blocks.length * 32 < length; a = hmac(secret, a))
    blocks.push(hmac(secret, a, whole))
  return Buffer.concat(blocks).subarray(0, length)
}

export const record = (type: number, content: Uint8Array, version = 0x0303): Buffer =>
  Buffer.concat([u8(type), u16(version), u16(content.length), content])

/** One direction under its keys. */
export interface Protection {
  seal(type: number, content: Uint8Array, padding?: number): Buffer
  open(record: Buffer): { readonly type: number; readonly content: Buffer }
}

const tag = 16
const sequenceOf = (count: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(count)
  return bytes
}

function gcm(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  cipher.setAAD(aad)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function ungcm(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Buffer): Buffer {
  const cipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: tag })
  cipher.setAAD(aad)
  cipher.setAuthTag(sealed.subarray(-tag))
  return Buffer.concat([cipher.update(sealed.subarray(0, -tag)), cipher.final()])
}

/** RFC 8446 5.2 */
export function protection13(secret: Uint8Array): Protection {
  const key = expandLabel(secret, 'key', Buffer.alloc(0), 16)
  const iv = expandLabel(secret, 'iv', Buffer.alloc(0), 12)
  let count = 0n
  const nonce = (): Buffer => {
    const sequence = Buffer.concat([Buffer.alloc(4), sequenceOf(count++)])
    return Buffer.from(iv.map((byte, at) => byte ^ sequence[at]!))
  }
  return {
    seal(type, content, padding = 0) {
      const plain = Buffer.concat([content, u8(type), Buffer.alloc(padding)])
      const header = Buffer.concat([u8(23), u16(0x0303), u16(plain.length + tag)])
      return Buffer.concat([header, gcm(key, nonce(), header, plain)])
    },
    open(sealed) {
      const plain = ungcm(key, nonce(), sealed.subarray(0, 5), sealed.subarray(5))
      const end = plain.findLastIndex(byte => byte !== 0)
      return { type: plain[end]!, content: plain.subarray(0, end) }
    },
  }
}

/** RFC 5288 3 */
export function protection12(key: Uint8Array, salt: Uint8Array): Protection {
  let count = 0n
  return {
    seal(type, content) {
      const sequence = sequenceOf(count++)
      const aad = Buffer.concat([sequence, u8(type), u16(0x0303), u16(content.length)])
      return record(type, Buffer.concat([sequence, gcm(key, Buffer.concat([salt, sequence]), aad, content)]))
    },
    open(sealed) {
      const type = sealed[0]!
      const aad = Buffer.concat([sequenceOf(count++), u8(type), u16(0x0303), u16(sealed.length - 5 - 8 - tag)])
      return { type, content: ungcm(key, Buffer.concat([salt, sealed.subarray(5, 13)]), aad, sealed.subarray(13)) }
    },
  }
}
