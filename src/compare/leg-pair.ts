import type { Connection, ConnectionId } from '../model/connection.ts'
import type { Handshake } from '../wire/tls/handshake.ts'

/** A connection and what was dissected of its two legs. A leg without TLS, or not dialled, has no handshake. */
export interface LegPair {
  readonly connection: Connection
  readonly client?: Handshake
  readonly upstream?: Handshake
  /** The recorded connection whose session a leg resumed. */
  readonly resumes?: { readonly client?: ConnectionId; readonly upstream?: ConnectionId }
}
