import type { RequestHead } from '../../../../model/exchange.ts'
import type { Direction } from '../../../../model/party.ts'
import type { Claims } from '../../../../rules/claims.ts'
import type { Break } from '../../../../rules/verdict.ts'
import type { ActingPorts } from '../core.ts'
import type { Feed } from './feed.ts'
import type { Lane } from './lane.ts'

/** A request whose answer is not whole, as the relay has it. */
export interface Exchange {
  /** Among the requests of the client, from 1. */
  readonly place: number
  /** As the client sent it. */
  readonly head: RequestHead
  /** Nothing of HTTP comes behind its answer. */
  closes: boolean
  /** `held`: nobody knows yet who answers. */
  state: 'held' | 'server' | 'parley'
  /** The method by which the server was asked. */
  method: string
  /** Set where Parley answers: begins when those before it have been answered. */
  play: (() => void) | undefined
  /** Set while the client waits to be told that it may send its body. */
  goAhead: (() => void) | undefined
  /** The server will say that the client may go on, which it has been told. */
  swallows100: boolean
  /** Its body on the way to another server. */
  feed: Feed | undefined
  requestEnded: boolean
  responseEnded: boolean
  /** What the server got has been told. */
  serverHead: RequestHead | undefined
}

/** What both directions of a connection have in common. */
export interface Talk {
  readonly claims: Claims
  readonly ports: ActingPorts
  /** Of the connection: what a request means that does not say it. */
  readonly context: { readonly scheme: string; readonly authority: string }
  readonly lanes: Readonly<Record<Direction, Lane>>
  /** Those without a whole answer, oldest first. */
  readonly queue: Exchange[]
  /** Somebody said what is not understood: nothing is claimed from here on. */
  lost: boolean
  over: boolean
  /** No more is said to the client. */
  readonly clientEnded: boolean
  /** What the connection is once it is no longer HTTP, and somebody acts on that. */
  readonly rawTalk: RawTalk | undefined
  /** The server has ended. */
  serverEnded(): void
  /** Who is first in the queue, or what becomes of it, has changed. */
  turn(): void
  /** The answer of the first in the queue is whole. */
  answered(): void
  requestEnded(exchange: Exchange): void
  breakOff(how: Break): void
  /** The connection belongs to another protocol. */
  upgrade(exchange: Exchange, raw: RawTalk | undefined): void
}

/** What the bytes of both directions are given to once HTTP is over. */
export interface RawTalk {
  push(direction: Direction, bytes: Uint8Array): void
  end(direction: Direction): void
  close(): void
}

export const newExchange = (place: number, head: RequestHead, closes: boolean): Exchange => ({
  place,
  head,
  closes,
  state: 'server',
  method: head.method,
  play: undefined,
  goAhead: undefined,
  swallows100: false,
  feed: undefined,
  requestEnded: false,
  responseEnded: false,
  serverHead: undefined,
})
