/** A field of a protobuf message as its bytes have it: a number, a wire type, a value. */
export interface ProtoField {
  readonly number: number
  /** Where it stands in the message's bytes, its tag included. */
  readonly start: number
  readonly end: number
  readonly value: ProtoValue
}

export type ProtoValue =
  | { readonly wire: 'varint'; readonly value: bigint }
  | { readonly wire: 'fixed64'; readonly value: bigint }
  | { readonly wire: 'fixed32'; readonly value: number }
  | { readonly wire: 'bytes'; readonly bytes: Uint8Array }
  | { readonly wire: 'group'; readonly fields: readonly ProtoField[] }

const deepestGroup = 32
const largestNumber = 2 ** 29 - 1

/** The fields of a message, one level of them, in wire order; undefined where the bytes are not one from end to end. */
export function readMessage(bytes: Uint8Array): readonly ProtoField[] | undefined {
  const reader = new WireReader(bytes)
  const fields = reader.fields(undefined, 0)
  return fields && reader.at === bytes.length ? fields : undefined
}

class WireReader {
  at = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** Up to the end of the bytes, or of the group. */
  fields(group: number | undefined, depth: number): ProtoField[] | undefined {
    const fields: ProtoField[] = []
    while (this.at < this.#bytes.length) {
      const start = this.at
      const tag = this.varint()
      if (tag === undefined) return undefined
      const number = Number(tag >> 3n)
      const wire = Number(tag & 7n)
      if (number === 0 || number > largestNumber) return undefined
      if (wire === 4) return number === group ? fields : undefined
      const value = this.#value(wire, number, depth)
      if (!value) return undefined
      fields.push({ number, start, end: this.at, value })
    }
    return group === undefined ? fields : undefined
  }

  #value(wire: number, number: number, depth: number): ProtoValue | undefined {
    const left = this.#bytes.length - this.at
    switch (wire) {
      case 0: {
        const value = this.varint()
        return value === undefined ? undefined : { wire: 'varint', value }
      }
      case 1:
        if (left < 8) return undefined
        this.at += 8
        return { wire: 'fixed64', value: this.#view.getBigUint64(this.at - 8, true) }
      case 2: {
        const length = this.varint()
        if (length === undefined || length > BigInt(this.#bytes.length - this.at)) return undefined
        const start = this.at
        this.at += Number(length)
        return { wire: 'bytes', bytes: this.#bytes.subarray(start, this.at) }
      }
      case 3: {
        const fields = depth < deepestGroup ? this.fields(number, depth + 1) : undefined
        return fields && { wire: 'group', fields }
      }
      case 5:
        if (left < 4) return undefined
        this.at += 4
        return { wire: 'fixed32', value: this.#view.getUint32(this.at - 4, true) }
      default:
        return undefined
    }
  }

  /** At most ten bytes, as an unsigned number of 64 bits. */
  varint(): bigint | undefined {
    let value = 0
    let scale = 1
    for (let i = 0; i < 4; i++) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) return undefined
      value += (byte & 127) * scale
      if (byte < 128) return BigInt(value)
      scale *= 128
    }
    let large = BigInt(value)
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) return undefined
      large |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, large)
    }
    return undefined
  }
}

/** Varints one after the other, as a packed field has them; undefined where the bytes are something else. */
export function readPackedVarints(bytes: Uint8Array): readonly bigint[] | undefined {
  const reader = new WireReader(bytes)
  const values: bigint[] = []
  while (reader.at < bytes.length) {
    const value = reader.varint()
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

export const zigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n)
export const signed = (value: bigint): bigint => BigInt.asIntN(64, value)

/** What length-delimited bytes are likely to be. */
export type Guess =
  | { readonly as: 'string'; readonly text: string }
  | { readonly as: 'message'; readonly fields: readonly ProtoField[] }
  | { readonly as: 'bytes' }

/** Text is a string, unless it begins as only a message does; what reads as a message is one; the rest is bytes. */
export function guess(bytes: Uint8Array): Guess {
  const text = readText(bytes)
  const begins = bytes[0] ?? 32
  if (text !== undefined && begins >= 32) return { as: 'string', text }
  const fields = readMessage(bytes)
  if (fields) return { as: 'message', fields }
  return text === undefined ? { as: 'bytes' } : { as: 'string', text }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readText(bytes: Uint8Array): string | undefined {
  try {
    const text = strict.decode(bytes)
    return /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
