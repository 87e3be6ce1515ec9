import { constants, createInflateRaw, type InflateRaw } from 'node:zlib'
import type { WebSocketFrame } from '../../../../wire/websocket/frame-reader.ts'
import { emptyBlock, lastOf } from '../../../../wire/websocket/permessage-deflate.ts'
import { writeFrame } from '../../../../wire/websocket/write-frame.ts'

const mostQueued = 256 * 1024 // bytes that wait to be inflated
const rsv1 = 4 // RFC 7692 6: it is compressed

/**
 * Inflates one message that is too large to be held (RFC 7692 7.2.2), piece by piece, because those after it may refer to
 * it. A receiver that could not read it as it came gets it uncompressed, in as many frames as it takes.
 */
export class LargeMessage {
  readonly #first: WebSocketFrame
  readonly #write: ((frame: Uint8Array) => void) | undefined
  readonly #inflate: InflateRaw
  #window: Uint8Array
  #queued = 0
  #broken = false
  #begun = false
  #wake: (() => void) | undefined

  /** `first`: its first frame. `window`: what it may refer to. `write`: to the receiver, where that is to get it uncompressed. */
  constructor(first: WebSocketFrame, window: Uint8Array, write?: (frame: Uint8Array) => void) {
    this.#first = first
    this.#write = write
    this.#window = window
    this.#inflate = createInflateRaw(window.length > 0 ? { dictionary: window } : {})
    this.#inflate.on('data', (content: Buffer) => {
      this.#window = lastOf(this.#window, content)
      this.#writePart(content, false)
    })
    this.#inflate.on('error', () => {
      this.#broken = true
      this.#wake?.()
    })
  }

  /** The bytes stay as they are. */
  push(bytes: Uint8Array): void {
    if (this.#broken) return
    this.#queued += bytes.length
    this.#inflate.write(bytes, () => {
      this.#queued -= bytes.length
      if (this.#queued <= mostQueued) this.#wake?.()
    })
  }

  /** Resolves when it takes more; undefined where it does. */
  room(): Promise<void> | undefined {
    if (this.#queued <= mostQueued || this.#broken) return undefined
    return new Promise(resolve => {
      this.#wake = resolve
    })
  }

  /**
   * No more of it will come. What the next message may refer to; undefined where this one could not be read, and then it has
   * no end that its receiver could take for good.
   */
  async end(): Promise<Uint8Array | undefined> {
    this.push(emptyBlock)
    await new Promise<void>(resolve => {
      this.#wake = () => {
        if (this.#broken) resolve()
      }
      if (this.#broken) resolve()
      else this.#inflate.flush(constants.Z_SYNC_FLUSH, resolve)
    })
    const isRead = !this.#broken
    this.close()
    if (isRead) this.#writePart(new Uint8Array(0), true)
    return isRead ? this.#window : undefined
  }

  close(): void {
    this.#broken = true
    this.#inflate.destroy()
    this.#wake?.()
  }

  #writePart(content: Uint8Array, fin: boolean): void {
    const { rsv, opcode, masked } = this.#first
    const header = this.#begun ? { rsv: 0, opcode: 0 } : { rsv: rsv & ~rsv1, opcode }
    this.#begun = true
    this.#write?.(writeFrame({ fin, ...header, masked }, content))
  }
}
