import type { Connection } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Party } from '../model/party.ts'
import type { Problem } from '../model/problem.ts'
import type { HelloWatch } from './hello-watch.ts'
import type { Signs } from './verdicts.ts'

/** What the recorder knows of a connection that is open. */
export interface ConnectionState extends Signs {
  connection: Connection
  readonly hellos: HelloWatch
  /** When the server ended its direction, before there was anything to observe. */
  endedEarly?: number
  exchanges: number
  /** Its number in the list, once it has a row there. */
  flow: ExchangeId | undefined
  /** What the engine could not do: what its client is answered now, Parley answers. */
  failure: Problem | undefined
  /** An exchange that failed with it speaks for it in the list. */
  spoken: boolean
}

/** There is one server behind it. */
export const inTunnel = ({ connection: { entrance } }: ConnectionState): boolean =>
  entrance !== undefined && entrance !== 'absolute-form'

const carriesOthers: ReadonlySet<Connection['entrance']> = new Set(['tls', 'http2', 'elsewhere'])

/**
 * A connection has a row of its own in the list when it failed or ended, and no exchange speaks for it. For one that only
 * carries others these speak.
 */
export function isFlow({ connection, exchanges, spoken }: ConnectionState): boolean {
  if (connection.problems.length > 0) return !spoken
  if (carriesOthers.has(connection.entrance)) return false
  // what was seen from outside carried something, and its end may lie behind that of the capture
  const carried = connection.sniffed ?? (connection.client.bytes !== undefined && connection.client.bytes.toServer > 0)
  return exchanges === 0 && carried && (connection.closed !== undefined || connection.treatment === 'pass-through')
}

/** Who ended a connection first, and how; `at` is where nobody is known to have. */
export function ending({ client, upstream, sniffed }: Connection, at: number): { at: number; by: Party; why: string } {
  const first = [client.closed, upstream?.closed].filter(c => c !== undefined).sort((a, b) => a.at - b.at)
  const end = first.find(c => c.by !== 'parley') ?? first[0]
  if (!end) return { at, by: 'parley', why: sniffed ? 'the capture ends before it' : 'the connection ended' }
  const who = end.by === 'parley' ? 'Parley' : `the ${end.by}`
  return { at: end.at, by: end.by, why: `${who} ${end.how === 'reset' ? 'reset' : 'closed'} the connection` }
}
