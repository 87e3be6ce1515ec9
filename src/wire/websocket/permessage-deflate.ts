import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Direction } from '../direction.ts'

/** What was agreed on for one direction (RFC 7692 7.1). */
export interface DeflateHalf {
  /** Each message is compressed by itself. */
  readonly noContextTakeover: boolean
  /** Of the sender's window, 8 to 15: its size is 2 to that power. */
  readonly windowBits: number
}

export type Deflate = Readonly<Record<Direction, DeflateHalf>>

/** From the Sec-WebSocket-Extensions of the server's answer; undefined where permessage-deflate was not agreed on. */
export function readDeflate(values: readonly string[]): Deflate | undefined {
  const extensions = values
    .flatMap(value => value.toLowerCase().split(','))
    .map(extension => extension.split(';').map(part => part.trim()))
  const deflate = extensions.find(([name]) => name === 'permessage-deflate')
  if (!deflate) return undefined
  const half = (party: 'client' | 'server'): DeflateHalf => {
    const bits = deflate.find(part => part.startsWith(`${party}_max_window_bits`))?.replace(/^[^=]*=?[ \t"]*/, '')
    const windowBits = Number.parseInt(bits ?? '', 10)
    return {
      noContextTakeover: deflate.includes(`${party}_no_context_takeover`),
      windowBits: windowBits >= 8 && windowBits <= 15 ? windowBits : 15,
    }
  }
  return { 'to-server': half('client'), 'to-client': half('server') }
}

const windowBytes = 32 * 1024
/** RFC 7692 7.2.2: the end of each message, which the sender leaves out. */
export const emptyBlock = Uint8Array.of(0, 0, 0xff, 0xff)

/** Inflates the messages of one direction, in order from the first, because each may refer to those before it. */
export class ContextInflater {
  readonly #half: DeflateHalf
  readonly #most: number
  #window = new Uint8Array(0)
  #known = true

  constructor(half: DeflateHalf, most: number) {
    this.#half = half
    this.#most = most
  }

  /** What the next message may refer to; undefined where that is not known. */
  get window(): Uint8Array | undefined {
    return this.#known ? this.#window : undefined
  }

  /** A message was inflated elsewhere, and this is what those after it may refer to; undefined where nobody knows. */
  goOn(window: Uint8Array | undefined): void {
    if (this.#half.noContextTakeover) return
    if (window) this.#window = Uint8Array.from(window)
    this.#known = window !== undefined
  }

  /** Undefined where it cannot be done, or gives more than `most` bytes; then `goOn` has to say how it goes on. */
  inflate(bytes: Uint8Array): Uint8Array | undefined {
    if (!this.#known) return undefined
    const input = new Uint8Array(bytes.length + emptyBlock.length)
    input.set(bytes)
    input.set(emptyBlock, bytes.length)
    const dictionary = this.#window.length > 0 ? { dictionary: this.#window } : {}
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: this.#most, ...dictionary }
      const output = inflateRawSync(input, options)
      if (!this.#half.noContextTakeover) this.#window = lastOf(this.#window, output)
      return output
    } catch {
      return undefined
    }
  }
}

/** The window behind these bytes. */
export function lastOf(window: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.length >= windowBytes) return Uint8Array.from(bytes.subarray(bytes.length - windowBytes))
  const before = window.subarray(Math.max(0, window.length + bytes.length - windowBytes))
  const all = new Uint8Array(before.length + bytes.length)
  all.set(before)
  all.set(bytes, before.length)
  return all
}

/**
 * A message compressed by itself, which whoever keeps a context may read as well as whoever keeps none. Undefined where it
 * is to go uncompressed: where zlib cannot keep to so small a window.
 */
export function deflateAlone(bytes: Uint8Array, { windowBits }: DeflateHalf): Uint8Array | undefined {
  if (windowBits < 9) return undefined
  if (bytes.length === 0) return Uint8Array.of(0) // RFC 7692 7.2.3.6
  const output = deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, windowBits })
  return output.subarray(0, output.length - emptyBlock.length)
}
