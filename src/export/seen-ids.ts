const pageBits = 32_768

/** A set of numbers, with a bit for each: a million that follow each other take 125 KB. */
export class SeenIds {
  readonly #pages = new Map<number, Uint8Array>()

  /** Whether it was not there before. */
  add(id: number): boolean {
    const number = Math.floor(id / pageBits)
    const bits = this.#pages.get(number) ?? new Uint8Array(pageBits / 8)
    this.#pages.set(number, bits)
    const place = id % pageBits
    const bit = 1 << (place & 7)
    const isNew = (bits[place >> 3]! & bit) === 0
    bits[place >> 3]! |= bit
    return isNew
  }

  has(id: number): boolean {
    const place = id % pageBits
    const byte = this.#pages.get(Math.floor(id / pageBits))?.[place >> 3] ?? 0
    return (byte & (1 << (place & 7))) !== 0
  }
}
