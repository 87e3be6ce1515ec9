import type { LegPair } from '../compare/leg-pair.ts'
import type { Connection } from '../model/connection.ts'
import type { LegName } from '../model/party.ts'
import type { Capture } from '../store/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import type { Handshake } from '../wire/tls/handshake.ts'

/** Both handshakes of a recorded connection, dissected. */
export function legPair(capture: Capture, connection: Connection): LegPair {
  const client = handshakeOf(capture, connection, 'client')
  const upstream = handshakeOf(capture, connection, 'upstream')
  return { connection, ...(client && { client }), ...(upstream && { upstream }) }
}

function handshakeOf(capture: Capture, connection: Connection, leg: LegName): Handshake | undefined {
  const kept = capture.legCapture(connection.id, leg)
  if (!kept || (kept.chunks['to-server'].length === 0 && kept.chunks['to-client'].length === 0)) return undefined
  return dissect(kept)
}
