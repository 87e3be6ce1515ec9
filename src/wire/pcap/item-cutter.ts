import type { Damage } from './packet.ts'

const most = 64 * 1024 * 1024

/** Reads the item at `from`, of which at least `bytes.length - from` are here; says how long it is, or what is wrong. */
export type TakeItem = (bytes: Buffer, from: number) => { readonly needs: number } | { readonly took: number } | string

/** Cuts bytes that come in pieces into items that say their own length. */
export class ItemCutter {
  readonly #take: TakeItem
  readonly #left: Buffer[] = []
  #leftBytes = 0
  /** Bytes that are to be here before it makes sense to look again. */
  #needs = 0
  #offset = 0
  damage: Damage | undefined

  constructor(take: TakeItem) {
    this.#take = take
  }

  push(piece: Uint8Array): void {
    if (this.damage) return
    this.#leftBytes += piece.length
    if (this.#leftBytes < this.#needs)
      this.#left.push(Buffer.from(piece)) // a copy: its bytes may be used again
    else if (this.#left.length === 0) this.#cut(Buffer.from(piece.buffer, piece.byteOffset, piece.length))
    else this.#cut(Buffer.concat([...this.#left, piece]))
  }

  /** Nothing follows: a rest is an item that is cut. */
  end(): void {
    if (this.damage || this.#leftBytes === 0) return
    const missing = this.#needs > this.#leftBytes ? ` of ${this.#needs}` : ''
    this.damage = { offset: this.#offset, what: `the file is cut after ${this.#leftBytes}${missing} bytes of a block` }
  }

  #cut(bytes: Buffer): void {
    let from = 0
    this.#needs = 0
    while (from < bytes.length) {
      const item = this.#take(bytes, from)
      if (typeof item === 'string') return this.#stop(item, from)
      if ('needs' in item) {
        if (item.needs > most) return this.#stop(`a block claims ${item.needs} bytes, more than ${most}`, from)
        this.#needs = item.needs
        break
      }
      from += item.took
    }
    this.#offset += from
    this.#leftBytes = bytes.length - from
    this.#left.splice(0, this.#left.length, ...(this.#leftBytes > 0 ? [Buffer.from(bytes.subarray(from))] : []))
  }

  #stop(what: string, from: number): void {
    this.damage = { offset: this.#offset + from, what }
    this.#left.length = 0
    this.#leftBytes = 0
  }
}
