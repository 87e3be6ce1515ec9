import type { RequestHead } from '../../../../model/exchange.ts'
import type { Direction } from '../../../../model/party.ts'
import type { Pacer } from '../../../../rules/pacer.ts'
import type { Break } from '../../../../rules/verdict.ts'
import type { FieldBlock } from './field-path.ts'
import { Window } from './window.ts'

/** Part of a body that waits. */
export interface DataItem {
  readonly type: 'data'
  readonly content: Uint8Array
  /** The frame it came in, with padding; absent where Parley made it. */
  readonly frame?: Uint8Array | undefined
  /** Bytes that still have their place in the sender's window: of the stream, of the connection. */
  kept: number
  keptOfConnection: number
  /** Bytes of the content that have gone on. */
  gone: number
  /** ms, when it came. */
  readonly at: number
}

/** Trailers, or an interim response. */
export interface FieldsItem {
  readonly type: 'fields'
  readonly block: FieldBlock
  readonly shape: HeadShape
  readonly ends: boolean
}

export type Item = DataItem | FieldsItem

/** What a HEADERS frame has besides its fields. */
export interface HeadShape {
  /** Its five bytes of priority. */
  readonly priority?: Uint8Array | undefined
  readonly padding?: number | undefined
}

/** A message that waits for its verdict. */
export interface Held {
  /** The exchange ended. */
  gone: () => void
  /** Bytes of body that are wanted; 0 where none are, or no more. */
  wanted: number
  /** All that was wanted is there, or cannot be. */
  whole(body: Uint8Array | undefined, late?: boolean): void
  /** Runs while a body of no known length is awaited. */
  waits: NodeJS.Timeout | undefined
  /** It goes on as it came, and nobody waits for the verdict. */
  release(): void
}

/**
 * What becomes of the DATA of one direction of a stream. `pass`: the very bytes go on. `hold`: it waits for a verdict. `queue`: it goes
 * on piece by piece. `feed`: another server gets it. `swallow`: nobody does.
 */
export type Mode = 'pass' | 'hold' | 'queue' | 'feed' | 'swallow'

/** Content goes in, and what is to go on comes back as content. */
export interface Through {
  push(content: Uint8Array): void
  end(): void
  close(): void
  /** Some of it waits inside. */
  held(): boolean
}

/** One direction of a stream. */
export interface Half {
  readonly stream: Stream
  readonly direction: Direction
  readonly window: Window
  mode: Mode
  /** What waits, in order. */
  readonly items: Item[]
  /** Its sender has said END_STREAM. */
  ended: boolean
  /** END_STREAM has gone on, or never will. */
  done: boolean
  held: Held | undefined
  /** What the sender says of a body is dropped: another goes on in its place. */
  replaced: boolean
  /** Bytes of body after which the stream breaks off. */
  cut: { left: number; readonly how: Break } | undefined
  pacer: Pacer | undefined
  /** What the pacer lets go on together, and when: ms. */
  due: { bytes: number; readonly at: number } | undefined
  timer: NodeJS.Timeout | undefined
  /** Whose bytes are the server's own: those that come, or those that go on. */
  tells: 'read' | 'written' | undefined
  /** Wakes who makes its body, or reads it, when there is room, or more, or it is over. */
  wake: (() => void) | undefined
  /** What acts on the content, which comes out of it again: a WebSocket. */
  through: Through | undefined
  /** Bytes that it has got and that keep their place in the sender's window. */
  throughKept: number
  /** Ends the reading of a body that Parley sends. */
  stop: (() => void) | undefined
}

/** A stream with what is known of its exchange. */
export interface Stream {
  /** As the client has it. */
  readonly id: number
  /** As the server has it; 0 while it has none. */
  server: number
  readonly request: RequestHead
  readonly toServer: Half
  readonly toClient: Half
  /** A final head has come. */
  responded: boolean
  /** Parley has said 100 (Continue) itself. */
  continued: boolean
  /** The error of a RST_STREAM that the server sent behind a whole response, of which some still waits. */
  resetAfter: number | undefined
  /** What the server got has been told. */
  serverTold: boolean
  over: boolean
}

const half = (stream: Stream, direction: Direction, window: number): Half => ({
  stream,
  direction,
  window: new Window(window),
  mode: 'pass',
  items: [],
  ended: false,
  done: false,
  held: undefined,
  replaced: false,
  cut: undefined,
  pacer: undefined,
  due: undefined,
  timer: undefined,
  tells: undefined,
  wake: undefined,
  stop: undefined,
  through: undefined,
  throughKept: 0,
})

/** `windows`: what the server and the client give a new stream. */
export function newStream(id: number, request: RequestHead, windows: Readonly<Record<Direction, number>>): Stream {
  const stream = {
    id,
    server: 0,
    request,
    responded: false,
    continued: false,
    resetAfter: undefined,
    serverTold: false,
    over: false,
  } as Stream
  return Object.assign(stream, {
    toServer: half(stream, 'to-server', windows['to-server']),
    toClient: half(stream, 'to-client', windows['to-client']),
  })
}

export const halfOf = (stream: Stream, direction: Direction): Half =>
  direction === 'to-server' ? stream.toServer : stream.toClient

/** Bytes of body that wait. */
export function waitingBytes({ items }: Half): number {
  let bytes = 0
  for (const item of items) if (item.type === 'data') bytes += item.content.length - item.gone
  return bytes
}

/** What the receiver calls the stream. */
export const idAtReceiver = ({ direction, stream }: Half): number =>
  direction === 'to-server' ? stream.server : stream.id

/** What the sender calls it; 0 where it is Parley. */
export const idAtSender = ({ direction, stream }: Half): number =>
  direction === 'to-server' ? stream.id : stream.server
