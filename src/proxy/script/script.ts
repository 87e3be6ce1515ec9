import type { Duplex } from 'node:stream'
import type { Proxy as MitmProxy } from 'http-mitm-proxy'
import type { Target } from '../../model/connection.ts'
import type { Problem } from '../../problem/problem.ts'

/** A module of http-mitm-proxy's plugin interface. */
export interface Script {
  /** Its path. */
  readonly file: string
  /** Patterns of the hosts that it is for; absent: all. */
  readonly hosts?: readonly string[]
  /** A function that is given the proxy, or an object for `proxy.use`. */
  readonly plugin: Plugin
}

export type Plugin = ((proxy: MitmProxy) => unknown) | Readonly<Record<string, unknown>>

/** A stream that tells the tape of which exchange its content is. */
export interface ServerStream extends Duplex {
  carry(exchange: number | undefined): void
  /** The server has not been asked for it, and may never be. */
  withhold(exchange: number): void
}

/** A server's decrypted stream that speaks HTTP/1.1, and what is known of it. */
export interface Conversation {
  readonly target: Target
  /** The name by which the client asks, which the hosts of a script are compared with. */
  readonly host: string
  /** Inside TLS. */
  readonly secure: boolean
  /** From here on it belongs to the scripts. */
  readonly upstream: ServerStream
  /** The place among all requests of the client of that which comes here as this one, both from 1. */
  readonly placeOf: (count: number) => number | undefined
  /** Where the server fails, close instead of answering 502. */
  readonly failAsServer: boolean
  readonly tell: (problem: Problem) => void
  /** What an error of the upstream stream means. */
  readonly explain: (error: Error) => Problem
}

/** Runs the scripts of the person. */
export interface Scripts {
  /** Whether any is for this host. */
  runOn(host: string): boolean
  /** A stream in place of the server's: requests to it, and their responses, pass through the scripts. */
  through(conversation: Conversation): Duplex
}
