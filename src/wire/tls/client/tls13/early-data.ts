import { digest } from '../../prf.ts'
import { type RecordAlgorithm, recordAlgorithm } from '../../record-algorithm.ts'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { tls13 } from '../../registry/versions.ts'
import type { ClientState } from '../client-state.ts'
import { handshake as framed } from '../framing.ts'
import { handshakeType, nothing } from '../protocol.ts'
import { Schedule } from '../schedule.ts'
import type { Session } from '../session.ts'
import { fail } from '../tls-error.ts'
import { TrafficSecret } from './traffic-secret.ts'

/**
 * 0-RTT is offered where the client offers it and our ticket allows it, and none is ever sent: early data may be replayed,
 * and nobody has asked us to. A server that accepts it must hear that it ends (RFC 8446 4.5).
 */

/** The secret that early data would go under, or undefined where it was not offered: RFC 8446 7.1. */
export function earlyTraffic(client: ClientState, { prfHash }: RecordAlgorithm): Uint8Array | undefined {
  const { hello, session, message } = client.sent
  if (!hello.earlyData || !session || (prfHash !== 'sha256' && prfHash !== 'sha384')) return undefined
  const secret = new Schedule(prfHash, session.secret).derive('c e traffic', digest(prfHash, [message]))
  client.log('CLIENT_EARLY_TRAFFIC_SECRET', secret)
  return secret
}

/** The server reads early data: until it ends, all that we say goes under its keys. RFC 8446 4.2.10. Throws TlsError. */
export function acceptEarlyData(
  client: ClientState,
  secret: Uint8Array | undefined,
  resumed: Session | undefined,
): void {
  const { agreed, records } = client
  if (!secret || !resumed) return fail('illegal-parameter', 'early data without the session that it belongs to')
  const algorithm = recordAlgorithm(cipherSuiteFacts(resumed.cipherSuite)!, tls13)
  records.sealer = new TrafficSecret(secret, algorithm).sealer() // of an alert too
  if (resumed.cipherSuite !== agreed.cipherSuite) fail('illegal-parameter', 'early data under another suite')
  if (resumed.alpn !== agreed.alpn) fail('illegal-parameter', 'early data for another application protocol')
}

/** EndOfEarlyData, the last record under the early keys: RFC 8446 4.5. */
export const endOfEarlyData = (client: ClientState): Buffer =>
  client.said(framed(handshakeType.endOfEarlyData, nothing))
