import type { Act } from '../model/act.ts'
import type { Header, RequestHead, ResponseHead } from '../model/exchange.ts'
import type { Problem } from '../problem/problem.ts'
import type { Bucket } from './bucket.ts'

/** How a message is slowed down on its way; `pacerOf` says when each part of it may go on. */
export interface Pace {
  /** ms before its head goes on. */
  readonly delay?: number
  /** Of its body; what is held back shows to its sender. */
  readonly bitsPerSecond?: number
  /** ms that each piece of its body takes more. */
  readonly latency?: number
  /** ms that the first byte of its body waits, when its head is gone. */
  readonly firstByte?: number
  /** In place of bitsPerSecond: the rate that all messages with this bucket share. It lives in the engine's thread alone. */
  readonly shared?: Bucket
}

/** How an exchange ends before it is whole. In HTTP/2 it is the stream that ends so, and no other. */
export type Break = 'reset' | 'close' | 'black-hole'

/** What every verdict says besides. */
interface Told {
  /** Which rules did what, for the person. Empty where nothing was done. */
  readonly acts: readonly Act[]
  readonly problems?: readonly Problem[]
  readonly pace?: Pace
}

/** The message goes on as it came, byte for byte. */
export interface Passes extends Told {
  readonly type: 'pass'
}

/** What is absent goes on as it came. A body is given as the receiver gets it: codings done, framing not. */
export interface Changes<Head> extends Told {
  readonly type: 'change'
  readonly head?: Head
  readonly body?: Uint8Array
  /** Bytes of the body after which it breaks off. */
  readonly cut?: { readonly after: number; readonly how: Break }
}

/** Parley answers in the server's place, which hears nothing of the request. */
export interface Answers extends Told {
  readonly type: 'answer'
  readonly answer: Answer
}

/** Of the final response; the version is the client's. Without a content-length the relay frames the body. */
export interface Answer {
  readonly status: number
  /** HTTP/1 alone has one; absent: the standard's. */
  readonly reason?: string
  readonly headers: readonly Header[]
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly cut?: { readonly after: number; readonly how: Break }
}

/** Another server is asked; its answer comes back on this exchange. */
export interface GoesElsewhere extends Told {
  readonly type: 'elsewhere'
  readonly server: { readonly scheme: 'http' | 'https'; readonly host: string; readonly port: number }
  /** As that server gets it. */
  readonly head: RequestHead
  readonly body?: Uint8Array
}

export interface BreaksOff extends Told {
  readonly type: 'break'
  readonly how: Break
}

export type RequestVerdict = Passes | Changes<RequestHead> | Answers | GoesElsewhere | BreaksOff
export type ResponseVerdict = Passes | Changes<ResponseHead> | BreaksOff

/** Of one message of a WebSocket, inflated. */
export type StreamVerdict =
  | Passes
  | (Told & { readonly type: 'change'; readonly bytes: Uint8Array })
  | (Told & { readonly type: 'drop' })
