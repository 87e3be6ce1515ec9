/** AES-128-CBC with HMAC-SHA-1, from RFC 5246 6.2.3.2 and RFC 7366; not by what is tested. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { u8, u16 } from '../offer.ts'
import { type Protection, record } from './protection.ts'

export interface CbcKeys {
  readonly mac: Uint8Array
  readonly key: Uint8Array
}

export const blockLength = 16
export const macLength = 20

export interface CbcProtection extends Protection {
  /** A record whose padding, MAC or ciphertext is what `edit` makes of them. */
  odd(type: number, content: Uint8Array, edit: Edit): Buffer
}

export interface Edit {
  /** The padding with its length byte. */
  readonly padding?: (right: Buffer) => Buffer
  readonly mac?: (right: Buffer) => Buffer
  /** IV and blocks. */
  readonly blocks?: (right: Buffer) => Buffer
}

const same = (bytes: Buffer): Buffer => bytes

export function cbcProtection({ mac: macKey, key }: CbcKeys, encryptThenMac: boolean): CbcProtection {
  let count = 0n
  const macOf = (sequence: bigint, type: number, of: Uint8Array): Buffer => {
    const number = Buffer.alloc(8)
    number.writeBigUInt64BE(sequence)
    const parts = [number, u8(type), u16(0x0303), u16(of.length), of]
    return createHmac('sha1', macKey).update(Buffer.concat(parts)).digest()
  }
  const odd = (type: number, content: Uint8Array, { padding = same, mac = same, blocks = same }: Edit): Buffer => {
    const sequence = count++
    const inner = encryptThenMac ? Buffer.from(content) : Buffer.concat([content, mac(macOf(sequence, type, content))])
    const length = blockLength - (inner.length % blockLength)
    const iv = randomBytes(blockLength)
    const sealing = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
    const plain = Buffer.concat([inner, padding(Buffer.alloc(length, length - 1))])
    const sealed = Buffer.concat([iv, sealing.update(plain), sealing.final()])
    const outer = encryptThenMac ? mac(macOf(sequence, type, sealed)) : Buffer.alloc(0)
    return record(type, Buffer.concat([blocks(sealed), outer]))
  }
  return {
    odd,
    seal: (type, content) => odd(type, content, {}),
    open(sealed) {
      const sequence = count++
      const type = sealed[0]!
      const end = encryptThenMac ? -macLength : undefined
      const blocks = sealed.subarray(5, end)
      const opening = createDecipheriv('aes-128-cbc', key, blocks.subarray(0, blockLength)).setAutoPadding(false)
      const plain = Buffer.concat([opening.update(blocks.subarray(blockLength)), opening.final()])
      const inner = plain.subarray(0, plain.length - 1 - plain.at(-1)!)
      const content = encryptThenMac ? inner : inner.subarray(0, -macLength)
      const mac = encryptThenMac ? sealed.subarray(-macLength) : inner.subarray(-macLength)
      if (!mac.equals(macOf(sequence, type, encryptThenMac ? blocks : content))) throw new Error('bad MAC')
      return { type, content }
    },
  }
}
