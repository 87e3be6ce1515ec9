import { deflateSync } from 'node:zlib'

/** What a block holds: rows of the list, what is behind them, or connections. */
export type BlockKind = 'rows' | 'flows' | 'connections'

const mostText = 256 * 1024 // characters of JSON

/**
 * Gathers values and gives them as blocks of data for the page: JSON, deflated, in base64, so that nothing in it can be
 * taken for markup. A block knows how many values it has, and those of connections which.
 */
export class Blocks {
  readonly #kind: BlockKind
  #texts: string[] = []
  #ids: number[] = []
  #size = 0

  constructor(kind: BlockKind) {
    this.#kind = kind
  }

  /** A value; a block comes back where one is full. */
  *add(id: number, value: unknown): Generator<string> {
    const text = JSON.stringify(value)
    this.#texts.push(text)
    this.#ids.push(id)
    this.#size += text.length
    if (this.#size >= mostText) yield* this.rest()
  }

  /** What is left, as a block. */
  *rest(): Generator<string> {
    if (this.#texts.length === 0) return
    const data = deflateSync(`[${this.#texts.join(',')}]`).toString('base64')
    const ids = this.#kind === 'connections' ? ` data-ids="${this.#ids.join(' ')}"` : ''
    yield `<script type="text/plain" class="${this.#kind}" data-count="${this.#texts.length}"${ids}>${data}</script>\n`
    this.#texts = []
    this.#ids = []
    this.#size = 0
  }
}
