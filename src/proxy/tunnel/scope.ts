import type { ConnectionId, Target } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { Services } from '../services.ts'
import type { WireTap } from '../socket/wire-tap.ts'

/** What every step of a tunnel knows. */
export interface TunnelScope {
  readonly services: Services
  readonly connection: ConnectionId
  readonly client: WireTap
  readonly target: Target
  /** Puts an event of this connection on the tape, with the time of the call. */
  readonly tell: (event: ConnectionEvent) => void
}
