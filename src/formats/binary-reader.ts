import { MalformedError } from '../wire/reader.ts'

/** Reads numbers and bytes of either byte order; a read past the end throws MalformedError. */
export class BinaryReader {
  at = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get left(): number {
    return this.#bytes.length - this.at
  }

  u8 = (): number => this.#view.getUint8(this.#take(1))
  u16 = (): number => this.#view.getUint16(this.#take(2))
  u32 = (): number => this.#view.getUint32(this.#take(4))
  u64 = (): bigint => this.#view.getBigUint64(this.#take(8))
  i8 = (): number => this.#view.getInt8(this.#take(1))
  i16 = (): number => this.#view.getInt16(this.#take(2))
  i32 = (): number => this.#view.getInt32(this.#take(4))
  i64 = (): bigint => this.#view.getBigInt64(this.#take(8))
  f32 = (): number => this.#view.getFloat32(this.#take(4))
  f64 = (): number => this.#view.getFloat64(this.#take(8))

  /** A view of the next bytes, not a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length)
    return this.#bytes.subarray(start, start + length)
  }

  text(length: number): string {
    return new TextDecoder().decode(this.bytes(length))
  }

  peek(): number | undefined {
    return this.#bytes[this.at]
  }

  #take(length: number): number {
    if (length > this.left) throw new MalformedError(this.at, `${length} bytes wanted, ${this.left} left`)
    const start = this.at
    this.at += length
    return start
  }
}
