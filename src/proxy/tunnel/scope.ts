import type { ConnectionId, Target } from '../../model/connection.ts'
import type { ConnectionEvent } from '../../model/connection-event.ts'
import type { LegName } from '../../model/party.ts'
import type { ConnectionRuling } from '../../rules/rulings.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import type { WireTap } from '../socket/wire-tap.ts'

/** What every step of a tunnel knows. */
export interface TunnelScope {
  readonly services: Services
  readonly connection: ConnectionId
  readonly client: WireTap
  readonly target: Target
  /** Absent where the client knows that it speaks through a proxy. */
  readonly reverse?: Reverse | undefined
  /** What rules say of its TLS and its way; absent where nothing. */
  readonly ruling?: ConnectionRuling | undefined
  /** Puts an event of this connection on the tape, with the time of the call. */
  readonly tell: (event: ConnectionEvent) => void
}

/** A client that takes Parley for its server. */
export interface Reverse {
  /** Whether the server speaks TLS, whatever the client does. */
  readonly secure: boolean
  /** The address to which the client came: it has to be in a certificate for one that asks for no name. */
  readonly ownAddress: string
}

/** How a leg ended, once it has. */
export function tellClosed({ tell }: Pick<TunnelScope, 'tell'>, leg: LegName, tap: WireTap): void {
  tell({ type: 'leg-closed', leg, closed: tap.closed ?? { at: now(), by: 'parley', how: 'fin' }, bytes: tap.bytes })
}
