import type { FieldLine } from '../../http1/field-lines.ts'

/** RFC 7541 4.1: what an entry costs besides its octets. */
const overhead = 32

/** The dynamic table of one direction (RFC 7541 2.3.2), newest entry first, in a ring. */
export class DynamicTable {
  #slots: (FieldLine | undefined)[] = new Array(64).fill(undefined)
  /** Slot of the newest entry. */
  #newest = 0
  #count = 0
  #size = 0
  #maxSize = 4096

  get length(): number {
    return this.#count
  }
  /** Octets, as RFC 7541 4.1 counts them. */
  get size(): number {
    return this.#size
  }
  get maxSize(): number {
    return this.#maxSize
  }

  /** The entry at `index`, 0 the newest. */
  at(index: number): FieldLine | undefined {
    return index < this.#count ? this.#slots[(this.#newest - index) & (this.#slots.length - 1)] : undefined
  }

  entries(): FieldLine[] {
    return Array.from({ length: this.#count }, (_, index) => this.at(index)!)
  }

  /** What has to go is put into `gone`, oldest first. */
  resize(maxSize: number, gone?: FieldLine[]): void {
    this.#maxSize = maxSize
    this.#evict(maxSize, gone)
  }

  /** Adds an entry and evicts as many old ones as it takes; an entry over the whole size empties the table. */
  add(entry: FieldLine, gone?: FieldLine[]): void {
    const size = entry[0].length + entry[1].length + overhead
    this.#evict(this.#maxSize - size, gone)
    if (size > this.#maxSize) return
    if (this.#count === this.#slots.length) this.#grow()
    this.#newest = (this.#newest + 1) & (this.#slots.length - 1)
    this.#slots[this.#newest] = entry
    this.#count++
    this.#size += size
  }

  #evict(room: number, gone: FieldLine[] | undefined): void {
    while (this.#size > room && this.#count > 0) {
      const slot = (this.#newest - --this.#count) & (this.#slots.length - 1)
      const entry = this.#slots[slot]!
      this.#slots[slot] = undefined
      this.#size -= entry[0].length + entry[1].length + overhead
      gone?.push(entry)
    }
  }

  #grow(): void {
    const entries = this.entries().reverse()
    this.#newest = entries.length - 1
    this.#slots = [...entries, ...new Array<undefined>(entries.length).fill(undefined)]
  }
}
