import type { Changes } from '../model/changes.ts'
import type { ClientProcess, ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'
import type { RequestHead } from '../model/exchange.ts'
import type { Pause } from '../observe/plain.ts'
import type { CaptureWriter } from '../store/writer.ts'
import type { Slab } from '../tape/entry.ts'
import { readRecordHeaders } from '../tape/record-headers.ts'
import type { Lane, TapeListener } from '../tape/recording.ts'
import { readSlab } from '../tape/slab-reader.ts'
import { ticketKeyLabel } from '../wire/tls/key-log.ts'
import type { AppKeys } from './app-keys.ts'
import { ConnectionBook } from './connection-book.ts'
import { ExchangeBook } from './exchange-book.ts'
import { FrameBook } from './frame-book.ts'
import { MessageBook } from './message-book.ts'
import { OpenedLater } from './opened-later.ts'
import type { ToldExchange } from './told-exchange.ts'
import type { Verdicts } from './verdicts.ts'

export interface RecorderLimits {
  /** Bytes kept of one body. */
  readonly body: number
  /** Slabs under way from which on bodies are not kept. */
  readonly behind: number
}

/** Who hears of some of what passes as it comes. */
export interface Watchers {
  /** What opens connections that Parley does not. */
  readonly appKeys?: AppKeys
  /** Every key log line of NSS's format. */
  readonly keyLog?: (line: string) => void
  readonly event?: (id: ConnectionId, event: ConnectionEvent) => void
}

/** Writes to the capture file what the tape says, or anybody else. */
export class Recorder {
  readonly #writer: CaptureWriter
  readonly #limits: RecorderLimits
  readonly #connections: ConnectionBook
  readonly #exchanges: ExchangeBook
  readonly #frames = new FrameBook()
  readonly #messages: MessageBook
  readonly #openedLater: OpenedLater | undefined
  readonly #processes = new Map<ConnectionId, ClientProcess>()
  /** Connections of which only more record headers are written in this tick. */
  readonly #passed = new Set<ConnectionId>()
  /**
   * The door: what is said here is recorded at the next flush, with or without a tape. It throws StoreError when the
   * file cannot be written.
   */
  readonly recording: TapeListener

  constructor(writer: CaptureWriter, limits: RecorderLimits, watchers: Watchers = {}) {
    this.#writer = writer
    this.#limits = limits
    this.#exchanges = new ExchangeBook(writer, limits)
    this.#messages = new MessageBook(writer)
    const connections = new ConnectionBook(writer, this.#exchanges, this.#frames, this.#messages)
    this.#connections = connections
    this.recording = {
      event: (id, _at, event) => {
        this.#openedLater?.event(id, event)
        connections.event(id, event)
        watchers.event?.(id, event)
      },
      wire: ({ connection, leg, direction }, at, offset, bytes) => {
        const chunk = { at, offset, bytes }
        writer.wire(connection, leg, direction, chunk)
        connections.wire(connection, leg, direction, chunk)
        if (leg === 'client') this.#openedLater?.wire(connection, direction, chunk)
      },
      recordHeaders: (lane, at, packed) => this.#recordHeaders(lane, at, packed),
      // on the upstream leg the same bytes pass again, except those of an exchange that Parley changes
      content: ({ connection, leg, direction, exchange }, at, bytes) => {
        if (leg === 'client') connections.content(connection, direction, at, bytes)
        else if (exchange) connections.sides(connection)?.content(exchange, direction, at, bytes)
      },
      gap: ({ connection, leg, direction, exchange }, at, length) => {
        if (leg === 'client') connections.gap(connection, direction, at, length)
        else if (exchange) connections.sides(connection)?.gap(exchange, direction, at, length)
      },
      head: ({ connection, exchange }, at, bytes) => {
        if (exchange) connections.sides(connection)?.head(exchange, at, bytes)
      },
      acted: (id, exchange, at, event) => connections.sides(id)?.acted(exchange, at, event),
      contentEnd: ({ connection, leg, direction, exchange }, at) => {
        if (leg === 'client') connections.contentEnd(connection, direction, at)
        else if (exchange) connections.sides(connection)?.end(exchange, at)
      },
      keyLog: (id, leg, _at, bytes) => {
        const line = latin1(bytes).trimEnd() // Node ends its lines
        writer.keyLog(id, leg, line)
        if (!line.startsWith(ticketKeyLabel)) watchers.keyLog?.(line) // no other program knows it
      },
    }
    const { event, content, contentEnd } = this.recording
    const keyLog: CaptureWriter['keyLog'] = (id, leg, line) => writer.keyLog(id, leg, line)
    this.#openedLater = watchers.appKeys && new OpenedLater(watchers.appKeys, { event, content, contentEnd, keyLog })
  }

  /** Takes a slab in. Throws StoreError when the file cannot be written; the traffic needs not care. */
  read(slab: Slab): void {
    this.#exchanges.skipBodies = slab.behind > this.#limits.behind
    readSlab(slab, this.recording)
  }

  #recordHeaders({ connection, leg, direction }: Lane, at: number, bytes: Uint8Array): void {
    this.#passed.add(connection)
    const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    readRecordHeaders(packed, (offset, from) => {
      const [version, length] = [packed.readUInt16BE(from + 1), packed.readUInt16BE(from + 3)]
      this.#writer.recordHeader(connection, leg, direction, { at, offset, type: packed[from]!, version, length })
    })
  }

  /** Another door, for what somebody else has read already; undefined where its connection is not open. */
  exchange(id: ConnectionId, at: number, head: RequestHead, stream?: number): ToldExchange | undefined {
    return this.#connections.told(id, at, head, stream)
  }

  /** Whether an app's keys can open more than has been told. */
  get hasUnopened(): boolean {
    return this.#openedLater?.isBehind === true
  }

  /** Who opened a connection of the tape, which may be over by now. */
  process(id: ConnectionId, process: ClientProcess): void {
    this.#processes.set(id, process)
  }

  /** What the content of a connection stands at, as far as the tape has been read. */
  pause(id: ConnectionId): Pause {
    return this.#connections.pause(id)
  }

  /** Writes what changed since the last time, in one transaction; `last` closes what is open. */
  flush(last = false): Changes {
    if (last) this.#connections.closeAll(performance.timeOrigin + performance.now())
    this.#openedLater?.openAll(performance.timeOrigin + performance.now())
    const changed = this.#connections.write() // before their processes, whose rows they must have
    for (const [id, process] of this.#processes) this.#writer.process(id, process)
    const connections = new Set([...changed, ...this.#processes.keys(), ...this.#passed])
    this.#processes.clear()
    this.#passed.clear()
    this.#frames.write((id, page) => this.#writer.frames(id, page), last)
    const flows = new Set([...this.#exchanges.write(), ...this.#messages.take()])
    this.#writer.commit()
    return { flows: [...flows], connections: [...connections] }
  }

  /** What the connections written since the last time were like. */
  takeVerdicts(): Verdicts {
    return this.#connections.takeVerdicts()
  }
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
