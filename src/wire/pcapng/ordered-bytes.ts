/** Numbers of a section in its byte order, at places that were checked to be there. */
export class OrderedBytes {
  readonly bytes: Buffer
  readonly #little: boolean

  constructor(bytes: Buffer, little: boolean) {
    this.bytes = bytes
    this.#little = little
  }

  get length(): number {
    return this.bytes.length
  }

  /** Zero past the end, as in all of these. */
  u16(at: number): number {
    if (at + 2 > this.bytes.length) return 0
    return this.#little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at)
  }

  u32(at: number): number {
    if (at + 4 > this.bytes.length) return 0
    return this.#little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at)
  }

  u64(at: number): bigint {
    if (at + 8 > this.bytes.length) return 0n
    return this.#little ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at)
  }
}

const padded = (length: number): number => (length + 3) & ~3

/** The options from a place on, by their numbers (draft-ietf-opsawg-pcapng 3.5); the first of each. */
export function optionsFrom(body: OrderedBytes, from: number): ReadonlyMap<number, OptionPlace> {
  const options = new Map<number, OptionPlace>()
  for (let at = from; at + 4 <= body.length; ) {
    const [code, length] = [body.u16(at), body.u16(at + 2)]
    if (code === 0 || at + 4 + length > body.length) break
    if (!options.has(code)) options.set(code, { at: at + 4, length })
    at += 4 + padded(length)
  }
  return options
}

/** Where the value of an option stands. */
export interface OptionPlace {
  readonly at: number
  readonly length: number
}

/** Each record of a Name Resolution Block (4.5): what type it is, and where it stands. */
export function* nameRecords(body: OrderedBytes): Generator<OptionPlace & { readonly type: number }> {
  for (let at = 0; at + 4 <= body.length; ) {
    const [type, length] = [body.u16(at), body.u16(at + 2)]
    if (type === 0 || at + 4 + length > body.length) return
    yield { type, at: at + 4, length }
    at += 4 + padded(length)
  }
}
