import type { ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { CaptureWriter } from '../store/writer.ts'
import type { Slab } from '../tape/entry.ts'
import { readSlab, type TapeListener } from '../tape/slab-reader.ts'
import { ConnectionBook } from './connection-book.ts'
import { ExchangeBook } from './exchange-book.ts'
import { FrameBook } from './frame-book.ts'
import { HeaderBook } from './header-book.ts'
import { MessageBook } from './message-book.ts'

export interface RecorderLimits {
  /** Bytes kept of one body. */
  readonly body: number
  /** Slabs under way from which on bodies are not kept. */
  readonly behind: number
}

const headersEvery = 25 // flushes: nobody waits for them, and together they cost a tenth

/** What changed in one tick. */
export interface Changes {
  readonly flows: readonly ExchangeId[]
  readonly connections: readonly ConnectionId[]
}

/** Reads the tape and writes the capture file. */
export class Recorder {
  readonly #writer: CaptureWriter
  readonly #limits: RecorderLimits
  readonly #connections: ConnectionBook
  readonly #exchanges: ExchangeBook
  readonly #headers = new HeaderBook()
  readonly #frames = new FrameBook()
  readonly #messages: MessageBook
  #flushes = 0
  readonly #listener: TapeListener

  /** `onKeyLog` gets every key log line as it comes. */
  constructor(writer: CaptureWriter, limits: RecorderLimits, onKeyLog: (line: string) => void = () => {}) {
    this.#writer = writer
    this.#limits = limits
    this.#exchanges = new ExchangeBook(writer, limits)
    this.#messages = new MessageBook((exchange, message) => writer.streamMessage(exchange, message))
    const connections = new ConnectionBook(writer, this.#exchanges, this.#frames, this.#messages)
    this.#connections = connections
    this.#listener = {
      event: (id: ConnectionId, _at: number, event: ConnectionEvent) => connections.event(id, event),
      wire: (id, leg, direction, at, offset, bytes) => writer.wire(id, leg, direction, { at, offset, bytes }),
      recordHeaders: (id, leg, direction, at, packed) => this.#headers.add(id, leg, direction, at, packed),
      // on the upstream leg the same bytes pass again, except where an engine rewrites them
      plain: (id, leg, direction, at, bytes) => leg === 'client' && connections.plain(id, direction, at, bytes),
      gap: (id, leg, direction, at, length) => leg === 'client' && connections.gap(id, direction, at, length),
      plainEnd: (id, leg, direction, at) => leg === 'client' && connections.plainEnd(id, direction, at),
      keyLog: (id, leg, line) => {
        writer.keyLog(id, leg, line)
        onKeyLog(line)
      },
    }
  }

  /** Takes a slab in. Throws StoreError when the file cannot be written; the traffic needs not care. */
  read(slab: Slab): void {
    this.#exchanges.skipBodies = slab.behind > this.#limits.behind
    readSlab(slab, this.#listener)
  }

  /** Writes what changed since the last time, in one transaction; `last` leaves nothing for another time. */
  flush(last = false): Changes {
    if (last) this.#connections.closeAll(performance.timeOrigin + performance.now())
    if (this.#flushes++ % headersEvery === 0 || last)
      this.#headers.write((id, leg, direction, packed) => this.#writer.recordHeaders(id, leg, direction, packed))
    const connections = this.#connections.write()
    this.#frames.write((id, page) => this.#writer.frames(id, page), last)
    const flows = this.#exchanges.write()
    for (const id of this.#messages.take()) if (!flows.includes(id)) flows.push(id)
    this.#writer.commit()
    return { flows, connections }
  }
}
