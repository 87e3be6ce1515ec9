/** One event of a text/event-stream (WHATWG HTML 9.2.6). */
export interface SseEvent {
  /** `message` where the stream names none. */
  readonly event: string
  readonly data: string
  readonly id?: string
  /** ms */
  readonly retry?: number
  readonly comments: readonly string[]
  /** False where a client dispatches nothing, because there was no data. */
  readonly dispatched: boolean
}

/** Reads a text/event-stream as it comes, in any pieces. */
export class SseReader {
  readonly events: SseEvent[] = []
  readonly #decoder = new TextDecoder() // leaves a byte order mark out
  #line = ''
  #afterCr = false
  #event: string | undefined
  #data: string[] = []
  #id: string | undefined
  #retry: number | undefined
  #comments: string[] = []

  push(bytes: Uint8Array): void {
    this.#text(this.#decoder.decode(bytes, { stream: true }))
  }

  /** The event that has begun and not ended; a client never sees it when the stream ends here. */
  get partial(): SseEvent | undefined {
    const begun = this.#event ?? this.#id ?? this.#retry ?? this.#data[0] ?? this.#comments[0]
    return begun === undefined ? undefined : this.#made()
  }

  #text(text: string): void {
    let start = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code !== 10 && code !== 13) {
        this.#afterCr = false
        continue
      }
      if (code === 10 && this.#afterCr) start = i + 1
      else {
        this.#lineEnds(this.#line + text.slice(start, i))
        this.#line = ''
        start = i + 1
      }
      this.#afterCr = code === 13
    }
    this.#line += text.slice(start)
  }

  #lineEnds(line: string): void {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const rest = colon < 0 ? '' : line.slice(colon + 1)
    const value = rest.startsWith(' ') ? rest.slice(1) : rest
    if (name === '') this.#comments.push(value)
    else if (name === 'data') this.#data.push(value)
    else if (name === 'event') this.#event = value
    else if (name === 'id' && !value.includes('\0')) this.#id = value
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retry = Number(value)
  }

  #dispatch(): void {
    const event = this.partial
    if (event) this.events.push(event)
    this.#event = this.#id = this.#retry = undefined
    this.#data = []
    this.#comments = []
  }

  #made(): SseEvent {
    return {
      event: this.#event || 'message',
      data: this.#data.join('\n'),
      ...(this.#id !== undefined && { id: this.#id }),
      ...(this.#retry !== undefined && { retry: this.#retry }),
      comments: this.#comments,
      dispatched: this.#data.length > 0,
    }
  }
}
