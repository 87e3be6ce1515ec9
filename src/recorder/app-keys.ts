import { BoundedMap } from '../wire/bounded-map.ts'

const mostSessions = 10_000
const mostLines = 16 // of one: TLS 1.3 has seven
const lineOf = /^[A-Z][A-Z\d_]{0,40} ([\da-fA-F]{64}) [\da-fA-F]{2,256}$/

/** What apps themselves say of their sessions' secrets, by the client random that is in each line (NSS's format). */
export class AppKeys {
  readonly #lines = new BoundedMap<string, string[]>(mostSessions)

  /** Takes a line; one that says nothing is passed over. */
  add(line: string): void {
    const random = lineOf.exec(line)?.[1]?.toLowerCase()
    if (random === undefined) return
    const lines = this.#lines.get(random) ?? []
    if (lines.length < mostLines && !lines.includes(line)) lines.push(line)
    this.#lines.set(random, lines)
  }

  linesFor(random: Uint8Array): readonly string[] {
    return this.#lines.get(Buffer.from(random).toString('hex')) ?? []
  }
}
