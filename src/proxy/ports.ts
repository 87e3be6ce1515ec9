import type { ConnectionId } from '../model/connection.ts'
import type { ConnectionEvent } from '../model/connection-event.ts'

/** A leaf certificate to show to a client. The same object comes again while it is cached. */
export interface Leaf {
  /** PEM */
  readonly key: string
  /** PEM, leaf first, root last */
  readonly chain: string
}

export type LeafKeyType = 'ec' | 'rsa'

/** What the proxy needs of a certificate authority. */
export interface LeafSource {
  /** `like` is the DER of the certificate that the real server sent, or the type of key where it sent none. */
  leafFor(host: string, like?: Buffer | LeafKeyType): Promise<Leaf>
}

/** Where the engine puts what it sees; the tape's writer fits. */
export interface Tape {
  event(connection: ConnectionId, at: number, event: ConnectionEvent): void
  wire(connection: ConnectionId, flags: number, at: number, position: number, bytes: Uint8Array): void
  recordHeaders(connection: ConnectionId, flags: number, at: number, packed: Uint8Array): void
  plain(connection: ConnectionId, flags: number, at: number, bytes: Uint8Array): void
  plainEnd(connection: ConnectionId, flags: number, at: number): void
  keyLog(connection: ConnectionId, flags: number, at: number, line: Uint8Array): void
}

const clock = performance // a getter of the global object, which every chunk would call
const { timeOrigin } = clock

/** ms since the epoch, fractional, the same in all threads. */
export const now = (): number => timeOrigin + clock.now()
