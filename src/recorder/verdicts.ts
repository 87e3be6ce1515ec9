import type { Connection, ConnectionId } from '../model/connection.ts'
import { isWhole } from '../model/link.ts'

/** What passed on a connection that says whether all went well. */
export interface Signs {
  /** The client said something besides its handshake. */
  clientSpoke: boolean
  /** A leg went wrong after it was secured. */
  spoilt: boolean
}

/** Connections as the engine's word and what passed tell them apart. */
export interface Verdicts {
  /** Their clients speak through TLS. */
  readonly working: ConnectionId[]
  /** They are over, and only their handshakes can say whether something went wrong, and what. */
  readonly doubtful: ConnectionId[]
}

export const noVerdicts = (): Verdicts => ({ working: [], doubtful: [] })

/**
 * Whether nothing went wrong on a connection that is over, for sure and without a look at its handshakes: both came to
 * their end, no alert followed, and the client said something or was not the one to go.
 */
export function isClean(connection: Connection, { clientSpoke, spoilt }: Signs): boolean {
  const { client, upstream, problems } = connection
  if (problems.length > 0 || spoilt || isWhole(connection)) return false
  const isUnsecured = [client, upstream].some(leg => leg?.tlsStartsAt && leg.secureAt === undefined)
  return !isUnsecured && (clientSpoke || client.closed?.by !== 'client')
}
