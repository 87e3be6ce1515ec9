import { GrowingBytes } from '../../wire/growing-bytes.ts'

/** Whom the cutter tells the entries, each as its JSON text. */
export type EntrySink = (json: string) => void

const [quote, backslash, colon, open, close, openList, closeList] = [34, 92, 58, 123, 125, 91, 93] as const
const mostEntry = 384 * 1024 * 1024 // bytes: a body of 256 MB in base64, and what is around it
const mostKey = 32

/** Where an entry stands: in the list `entries` of the object `log`. */
const path = ['log', 'entries'] as const

/**
 * Cuts the entries out of a HAR file that comes in pieces, so that it never has to be in memory as a whole. What stands
 * around them is passed over; whether it is JSON is not checked.
 */
export class EntryCutter {
  readonly #sink: EntrySink
  readonly #most: number
  readonly #entry = new GrowingBytes()
  readonly #keys: (string | undefined)[] = []
  #depth = 0
  #inText = false
  #escaped = false
  /** The last text outside entries, which is a key if a colon follows. */
  #text = ''
  /** How deep the list of entries lies, while the place is within it. */
  #list: number | undefined
  #inEntry = false
  #found = false
  /** The entry that is under way is. */
  #tooLong = false
  #leftOut = 0

  /** @param most bytes of an entry */
  constructor(sink: EntrySink, most = mostEntry) {
    this.#sink = sink
    this.#most = most
  }

  /** The list of entries came, and it has ended. */
  get isWhole(): boolean {
    return this.#found && this.#list === undefined
  }

  /** Entries that were left out because they were too long. */
  get leftOut(): number {
    return this.#leftOut
  }

  push(bytes: Uint8Array): void {
    let from = 0 // where the entry begins that is under way
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (this.#inText) this.#textByte(byte)
      else if (byte === quote) {
        this.#inText = true
        this.#text = ''
      } else if (byte === open || byte === openList) {
        if (byte === open && this.#depth === this.#list) {
          this.#inEntry = true
          from = i
        }
        this.#enter(byte)
      } else if (byte === close || byte === closeList) {
        this.#leave()
        if (this.#inEntry && this.#depth === this.#list) this.#tell(bytes, from, i + 1)
      } else if (byte === colon) this.#key(this.#text)
    }
    if (this.#inEntry) this.#keep(bytes, from, bytes.length)
  }

  #textByte(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) this.#inText = false
    else if (!this.#inEntry && this.#text.length < mostKey) this.#text += String.fromCharCode(byte)
  }

  #enter(byte: number): void {
    const isList = byte === openList && this.#depth === path.length && path.every((key, i) => this.#keys[i + 1] === key)
    this.#depth++
    if (isList) {
      this.#list = this.#depth
      this.#found = true
    }
    this.#key(undefined)
  }

  /** No deeper than the path: how deep a file goes is not ours to say. */
  #key(text: string | undefined): void {
    if (!this.#inEntry && this.#depth <= path.length) this.#keys[this.#depth] = text
  }

  #leave(): void {
    this.#depth--
    if (this.#list !== undefined && this.#depth < this.#list) this.#list = undefined
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    if (this.#entry.length + to - from > this.#most) {
      this.#tooLong = true
      this.#entry.take()
    }
    if (!this.#tooLong) this.#entry.append(bytes, from, to)
  }

  #tell(bytes: Uint8Array, from: number, to: number): void {
    this.#inEntry = false
    this.#keep(bytes, from, to)
    const entry = Buffer.from(this.#entry.take())
    if (this.#tooLong) this.#leftOut++
    else this.#sink(entry.toString('utf8'))
    this.#tooLong = false
  }
}
