import { BoundedMap } from '../../wire/bounded-map.ts'
import { hex } from '../../wire/reader.ts'
import type { SessionKeys } from '../../wire/tls/stream/session-opener.ts'

const mostSessions = 200_000
const mostLines = 16 // of one: TLS 1.3 has seven
const lineOf = /^[A-Z][A-Z\d_]{0,40} ([\da-fA-F]{16,64}) [\da-fA-F]{2,256}$/
const preMasterBytes = 8 // of the encrypted pre-master secret stand in an `RSA` line

/** The lines of key logs (NSS's format), by the client random or the begin of the pre-master secret that is in each. */
export class KeyLines implements SessionKeys {
  readonly #lines = new BoundedMap<string, string[]>(mostSessions)
  #rest = ''

  /** Takes a whole key log, or several one after the other; lines that say nothing are passed over. */
  add(text: string): void {
    for (const line of text.split('\n')) this.#line(line.trim())
  }

  /** Takes a piece of a key log that goes on with the next one. */
  push(piece: string): void {
    const text = this.#rest + piece
    const end = text.lastIndexOf('\n') + 1
    this.#rest = text.slice(end, end + 1024)
    this.add(text.slice(0, end))
  }

  /** The last piece was pushed. */
  end(): void {
    this.add(this.#rest)
    this.#rest = ''
  }

  linesFor(clientRandom: Uint8Array): readonly string[] {
    return this.#lines.get(hex(clientRandom)) ?? []
  }

  linesForPreMaster(encrypted: Uint8Array): readonly string[] {
    return this.#lines.get(hex(encrypted.subarray(0, preMasterBytes))) ?? []
  }

  get size(): number {
    return this.#lines.size
  }

  #line(line: string): void {
    const about = lineOf.exec(line)?.[1]?.toLowerCase()
    if (about === undefined) return
    const lines = this.#lines.get(about) ?? []
    if (lines.length < mostLines && !lines.includes(line)) lines.push(line)
    this.#lines.set(about, lines)
  }
}
