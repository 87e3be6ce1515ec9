/** Somebody who can be sent away. */
export interface Guest {
  destroy(): unknown
}

const mostBytes = 64 * 1024 * 1024
const eachBytes = 8192 // what a connection costs of which nothing is held: 8,000 may wait

/** The clients whose next request is not whole yet, and what they cost. Where that is too much, who came first goes. */
export class Lobby {
  readonly #most: number
  /** Bytes held of each, in the order in which they came. */
  readonly #guests = new Map<Guest, number>()
  #bytes = 0

  constructor(most = mostBytes) {
    this.#most = most
  }

  get size(): number {
    return this.#guests.size
  }

  /** A client waits, or waits on; `held` bytes of its request are kept. */
  waits(guest: Guest, held: number): void {
    const bytes = eachBytes + held
    this.#bytes += bytes - (this.#guests.get(guest) ?? 0)
    this.#guests.set(guest, bytes)
    while (this.#bytes > this.#most && this.dismiss());
  }

  /** Its request is whole, or it has gone. */
  leaves(guest: Guest): void {
    this.#bytes -= this.#guests.get(guest) ?? 0
    this.#guests.delete(guest)
  }

  /** Sends away who has waited longest. False where nobody waits. */
  dismiss(): boolean {
    const [guest] = this.#guests.keys()
    if (!guest) return false
    this.leaves(guest)
    guest.destroy()
    return true
  }
}
