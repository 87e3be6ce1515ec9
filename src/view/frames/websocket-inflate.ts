import { constants, inflateRawSync } from 'node:zlib'
import { headerValues } from '../../formats/content-type.ts'
import type { Header } from '../../model/exchange.ts'
import type { Direction } from '../../model/party.ts'
import type { StreamMessage } from '../../model/stream-message.ts'

/** What permessage-deflate was agreed on (RFC 7692 7.1). */
export interface DeflateParameters {
  /** Each message of that direction is compressed by itself. */
  readonly noContextTakeover: Readonly<Record<Direction, boolean>>
}

/** From the headers of the server's answer; undefined where permessage-deflate was not agreed on. */
export function deflateParameters(headers: readonly Header[]): DeflateParameters | undefined {
  const extensions = headerValues(headers, 'sec-websocket-extensions')
    .flatMap(value => value.toLowerCase().split(','))
    .map(extension => extension.split(';').map(part => part.trim()))
  const deflate = extensions.find(([name]) => name === 'permessage-deflate')
  if (!deflate) return undefined
  const toServer = deflate.includes('client_no_context_takeover')
  return { noContextTakeover: { 'to-server': toServer, 'to-client': deflate.includes('server_no_context_takeover') } }
}

export interface InflatedMessage {
  readonly message: StreamMessage
  /** The payload as its receiver reads it; still compressed where there is a problem. */
  readonly bytes: Uint8Array
  /** Why it could not be inflated. */
  readonly problem?: string
}

const windowBytes = 32 * 1024
const emptyBlock = Uint8Array.of(0, 0, 0xff, 0xff) // RFC 7692 7.2.2: the sender leaves it out
const defaultCap = 16 * 1024 * 1024

const directions: readonly Direction[] = ['to-server', 'to-client']

interface Half {
  /** The end of what was inflated; undefined once it is not known. */
  window: Uint8Array | undefined
}

/**
 * Undoes permessage-deflate. Messages must come in order from the first, because each may refer to those before it.
 * A message that does not inflate, or inflates past `maxBytes`, stays as it is, and so do those that refer to it.
 */
export class MessageInflater {
  readonly #noContextTakeover: DeflateParameters['noContextTakeover']
  readonly #maxBytes: number
  readonly #halves: Readonly<Record<Direction, Half>> = {
    'to-server': { window: new Uint8Array(0) },
    'to-client': { window: new Uint8Array(0) },
  }
  #next = 0

  constructor(parameters: DeflateParameters | undefined, maxBytes = defaultCap) {
    this.#noContextTakeover = parameters?.noContextTakeover ?? { 'to-server': false, 'to-client': false }
    this.#maxBytes = maxBytes
  }

  /** The `seq` that it waits for. */
  get next(): number {
    return this.#next
  }

  /** Another one that goes on from here. */
  fork(): MessageInflater {
    const other = new MessageInflater({ noContextTakeover: this.#noContextTakeover }, this.#maxBytes)
    other.#next = this.#next
    for (const direction of directions) other.#halves[direction].window = this.#halves[direction].window
    return other
  }

  push(message: StreamMessage): InflatedMessage {
    if (message.seq !== this.#next) {
      // Whatever was left out may have been referred to.
      for (const half of Object.values(this.#halves)) half.window = undefined
    }
    this.#next = message.seq + 1
    if (!message.compressed) return { message, bytes: message.bytes }
    const half = this.#halves[message.direction]
    const alone = this.#noContextTakeover[message.direction]
    const window = alone ? new Uint8Array(0) : half.window
    const inflated = inflate(message, window, this.#maxBytes)
    if (!alone) half.window = inflated.problem === undefined ? lastOf(window!, inflated.bytes) : undefined
    return inflated
  }
}

const mostInflated = 4 * 1024 * 1024

/** The messages of a WebSocket from its first on, inflated, until that comes to 4 MB. */
export function* inflatedMessages(
  messages: Iterable<StreamMessage>,
  headers: readonly Header[],
): Iterable<InflatedMessage> {
  const inflater = new MessageInflater(deflateParameters(headers), mostInflated)
  let left = mostInflated
  for (const message of messages) {
    if (left <= 0) return
    const inflated = inflater.push(message)
    left -= inflated.bytes.length
    yield inflated
  }
}

function inflate(message: StreamMessage, window: Uint8Array | undefined, maxBytes: number): InflatedMessage {
  const { bytes, length, complete } = message
  const failed = (problem: string): InflatedMessage => ({ message, bytes, problem })
  if (!complete || bytes.length < length) return failed('not inflated: the message was not kept whole')
  if (!window) return failed('not inflated: it may refer to an earlier message that could not be inflated')
  const input = new Uint8Array(bytes.length + emptyBlock.length)
  input.set(bytes)
  input.set(emptyBlock, bytes.length)
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes }
  try {
    const output = inflateRawSync(input, window.length > 0 ? { ...options, dictionary: window } : options)
    return { message, bytes: output }
  } catch (error) {
    const { code, message: why } = error as NodeJS.ErrnoException
    return failed(code === 'ERR_BUFFER_TOO_LARGE' ? `grows past ${maxBytes} bytes` : `not inflated: ${why}`)
  }
}

function lastOf(window: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= windowBytes) return Uint8Array.from(bytes.subarray(bytes.length - windowBytes)) // not a view, which would keep them all
  const before = window.subarray(Math.max(0, window.length + bytes.length - windowBytes))
  const all = new Uint8Array(before.length + bytes.length)
  all.set(before)
  all.set(bytes, before.length)
  return all
}
