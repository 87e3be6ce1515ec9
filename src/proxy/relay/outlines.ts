import type { Direction } from '../../model/party.ts'
import { type FrameKind, FrameOutline, type Outline } from '../../tape/outline.ts'
import { u24 } from '../../wire/bytes.ts'
import { flag, frameType } from '../../wire/http2/names.ts'

/** RFC 9113 4.1, and behind it the length of the padding where there is any (6.1). */
const http2: FrameKind = {
  size: (header, length) => (length >= 9 && isPadded(header) ? 10 : 9),
  begin: (header, length) => ({ left: u24(header, 0) - (length - 9), free: header[3] === frameType.data }),
}

const isPadded = (header: Uint8Array): boolean =>
  header[3] === frameType.data && (header[4]! & flag.padded) !== 0 && u24(header, 0) > 0

/** RFC 6455 5.2 */
const webSocket: FrameKind = {
  size: (header, length) => {
    const second = header[1]!
    if (length < 2) return 2
    return 2 + ({ 126: 2, 127: 8 }[second & 127] ?? 0) + (second & 128 ? 4 : 0)
  },
  begin: header => {
    const view = new DataView(header.buffer)
    const short = header[1]! & 127
    const left = short === 127 ? Number(view.getBigUint64(2)) : short === 126 ? view.getUint16(2) : short
    return { left, free: (header[0]! & 15) < 8 }
  },
}

const [cr, lf] = [13, 10]

/** The line of a chunk's size with the end of the chunk before it (RFC 9112 7.1); nothing is missed behind the last. */
const chunk: FrameKind = {
  size: (header, length) => (header[length - 1] === lf && (length > 2 || header[0] !== cr) ? length : undefined),
  begin: (header, length) => {
    const size = Number.parseInt(Buffer.from(header.subarray(0, length)).toString('latin1'), 16)
    return size > 0 ? { left: size, free: true } : { left: Infinity, free: false }
  },
}

/** What both directions know of each other. */
interface Talk {
  speaker: Direction | undefined
  isWebSocket: boolean
}

/**
 * Of content whose protocol shows in its first bytes. Of HTTP/1 the first bytes that come after the other side's are
 * kept, as a head is among them, and the framing of a chunked body.
 */
class ContentOutline implements Outline {
  readonly #direction: Direction
  readonly #talk: Talk
  #frames: FrameOutline | undefined
  /** The frames go on to the end of the connection. */
  #forGood = false
  #begun = false

  constructor(direction: Direction, talk: Talk) {
    this.#direction = direction
    this.#talk = talk
  }

  follow(bytes: Uint8Array): void {
    const from = this.#forGood || !this.#isTurn() ? 0 : this.#sniff(bytes)
    this.#frames?.follow(from === 0 ? bytes : bytes.subarray(from))
  }

  cut(bytes: Uint8Array, keep: (bytes: Uint8Array) => void, miss: (length: number) => void): void {
    const begins = !this.#forGood && (this.#isTurn() || isStart(this.#direction, bytes))
    const from = begins ? this.#sniff(bytes) : 0
    if (from > 0) keep(bytes.subarray(0, from))
    if (this.#frames) this.#frames.cut(bytes.subarray(from), keep, miss)
    else if (begins) keep(bytes)
    else miss(bytes.length)
  }

  #isTurn(): boolean {
    if (this.#talk.speaker === this.#direction) return false
    this.#talk.speaker = this.#direction
    return true
  }

  /** Says how many bytes stand before the frames. */
  #sniff(bytes: Uint8Array): number {
    this.#frames = undefined
    if (this.#talk.isWebSocket) return this.#goOn(new FrameOutline(webSocket), 0)
    if (!this.#begun && isHttp2(this.#direction, bytes))
      return this.#goOn(new FrameOutline(http2, this.#direction === 'to-server' ? preface : 0), 0)
    this.#begun = true
    if (!mayFrame(this.#direction, bytes) || !isStart(this.#direction, bytes)) return 0
    const head = headOf(bytes)
    if (head === undefined) return 0
    if (this.#direction === 'to-client' && head.startsWith(' 101 ', 8)) {
      this.#talk.isWebSocket = /^upgrade:[ \t]*websocket/im.test(head)
      return this.#talk.isWebSocket ? this.#goOn(new FrameOutline(webSocket), head.length) : 0
    }
    if (!/^transfer-encoding:.*chunked/im.test(head)) return 0
    this.#frames = new FrameOutline(chunk)
    return head.length
  }

  #goOn(frames: FrameOutline, from: number): number {
    this.#frames = frames
    this.#forGood = true
    return from
  }
}

const preface = 24 // bytes (RFC 9113 3.4)
const emptyLine = Buffer.from('\r\n\r\n')

const viewOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

const [one, zero] = [49, 48]

/** Cheap, for every message of HTTP/1: only a 101 and a chunked body have frames. */
const mayFrame = (direction: Direction, bytes: Uint8Array): boolean =>
  (direction === 'to-client' && bytes[9] === one && bytes[10] === zero && bytes[11] === one) ||
  viewOf(bytes).includes('hunked', 0, 'latin1')

/** A server's SETTINGS begin with those of RFC 9113 6.5.2, or are empty. */
function isHttp2(direction: Direction, bytes: Uint8Array): boolean {
  if (direction === 'to-server') return viewOf(bytes).toString('latin1', 0, 14) === 'PRI * HTTP/2.0'
  return bytes.length >= 9 && bytes[3] === frameType.settings && bytes[0] === 0 && u24(bytes, 0) % 6 === 0
}

/** Whether a message of HTTP/1 may begin here. */
function isStart(direction: Direction, bytes: Uint8Array): boolean {
  const start = viewOf(bytes).toString('latin1', 0, 12)
  return direction === 'to-client' ? start.startsWith('HTTP/1.') : /^[A-Z-]{3,11} /.test(start)
}

/** The head with its empty line; undefined where it is not whole. */
function headOf(bytes: Uint8Array): string | undefined {
  const view = viewOf(bytes)
  const end = view.indexOf(emptyLine)
  return end < 0 ? undefined : view.toString('latin1', 0, end + emptyLine.length)
}

/** Outlines of the two directions of a connection, whatever protocol they turn out to speak. */
export function outlines(): Readonly<Record<Direction, Outline>> {
  const talk: Talk = { speaker: undefined, isWebSocket: false }
  return { 'to-server': new ContentOutline('to-server', talk), 'to-client': new ContentOutline('to-client', talk) }
}
