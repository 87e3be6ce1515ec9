import type { Connection, ConnectionId } from '../model/connection.ts'
import type { LegName } from '../model/party.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import type { LegPair } from './leg-pair.ts'

/** What the legs are read from; an open capture fits. */
export interface LegSource {
  legCapture(id: ConnectionId, leg: LegName): LegCapture | undefined
  facts(
    id: ConnectionId,
  ): { readonly clientResumes?: ConnectionId; readonly upstreamResumes?: ConnectionId } | undefined
}

/** Both handshakes of a recorded connection, dissected. Takes a few ms. */
export function readLegPair(source: LegSource, connection: Connection): LegPair {
  const [client, upstream] = [handshakeOf(source, connection, 'client'), handshakeOf(source, connection, 'upstream')]
  const { clientResumes, upstreamResumes } = source.facts(connection.id) ?? {}
  const resumes = {
    ...(clientResumes !== undefined && { client: clientResumes }),
    ...(upstreamResumes !== undefined && { upstream: upstreamResumes }),
  }
  return { connection, ...(client && { client }), ...(upstream && { upstream }), resumes }
}

function handshakeOf(source: LegSource, { id }: Connection, leg: LegName): Handshake | undefined {
  const kept = source.legCapture(id, leg)
  const handshake = kept && dissect(kept)
  return handshake && handshake.outcome !== 'none' ? handshake : undefined
}
