/**
 * One flow-control window of one direction (RFC 9113 5.2), of a stream or of the connection: what the receiver has room for,
 * beside what the sender believes. Both are the same as long as Parley only passes bytes on.
 */
export class Window {
  /** Bytes that the receiver still takes; below 0 where its SETTINGS took room back. */
  #room: number
  /** What the sender believes, less the room. */
  #over = 0
  /** Bytes of the sender that wait here and keep their place in its window. */
  #kept = 0
  /** What SETTINGS took back in all: the sender may not have heard of it. */
  #tookBack = 0

  constructor(room = 65_535) {
    this.#room = room
  }

  get room(): number {
    return this.#room
  }

  /** Bytes more that the sender may send or has waiting here than the receiver has room for. */
  get debt(): number {
    return this.#over + this.#kept
  }

  /** Bytes that the sender has sent beyond all that it was ever given; below 0 where it has some left. */
  get overrun(): number {
    return -(this.#room + this.#over) - this.#tookBack
  }

  /** Whether so many bytes of the sender may go on at once. It minds what it knows, so only Parley's own bytes can stand in the way. */
  fits(bytes: number): boolean {
    return this.#over <= 0 || bytes <= this.#room
  }

  /** Bytes go from the sender to the receiver. */
  pass(bytes: number): void {
    this.#room -= bytes
  }

  /** Bytes of the sender end here. */
  take(bytes: number): void {
    this.#over -= bytes
  }

  /** Bytes of the sender wait here: its window stays as much smaller. */
  keep(bytes: number): void {
    this.#over -= bytes
    this.#kept += bytes
  }

  /** Bytes that were kept wait no more: they go on as Parley's, or end here. */
  free(bytes: number): void {
    this.#kept -= bytes
  }

  /** Parley writes bytes to the receiver. */
  write(bytes: number): void {
    this.#room -= bytes
    this.#over += bytes
  }

  /** Bytes of window that Parley owes the sender, which count as given from here on. */
  giveBack(): number {
    const owed = -this.debt
    if (owed <= 0) return 0
    this.#over += owed
    return owed
  }

  /** The receiver grants bytes; returns how many of them are for the sender, once Parley's own are paid. */
  grant(bytes: number): number {
    const withheld = Math.min(bytes, Math.max(0, this.debt))
    this.#room += bytes
    this.#over -= withheld
    return bytes - withheld
  }

  /** The receiver's SETTINGS change its streams' windows, in the sender's eyes too (RFC 9113 6.9.2). */
  resize(by: number): void {
    this.#room += by
    if (by < 0) this.#tookBack -= by
  }
}
