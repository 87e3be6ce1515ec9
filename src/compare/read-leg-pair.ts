import type { Connection, ConnectionId } from '../model/connection.ts'
import { isWhole } from '../model/link.ts'
import type { LegName } from '../model/party.ts'
import type { LegCapture } from '../wire/tls/capture.ts'
import { dissect } from '../wire/tls/dissect.ts'
import type { Handshake, Remark } from '../wire/tls/handshake.ts'
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

function handshakeOf(source: LegSource, connection: Connection, leg: LegName): Handshake | undefined {
  const kept = source.legCapture(connection.id, leg)
  const handshake = kept && dissect(kept)
  if (!handshake || handshake.outcome === 'none') return undefined
  return isWhole(connection) ? handshake : { ...handshake, remarks: handshake.remarks.map(ofLeg(leg)) }
}

/** What Parley is on a leg, in the words of TLS. */
const ofParley = { client: 'server', upstream: 'client' } as const

/** A remark is written of the client and the server of a session: one of them is Parley. */
function ofLeg(leg: LegName): (remark: Remark) => Remark {
  const role = new RegExp(`\\bthe ${ofParley[leg]}\\b`, 'gi')
  return ({ code, message, ...place }) => ({
    code: code.replace(`${ofParley[leg]}-aborted`, 'parley-aborted'),
    message: message.replace(role, 'Parley'),
    ...place,
  })
}
