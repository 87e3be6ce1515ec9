import { randomBytes } from 'node:crypto'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { tls12, tls13 } from '../../registry/versions.ts'
import type { ClientHello } from '../../values.ts'
import { extension } from '../protocol.ts'
import type { Session } from '../session.ts'
import { hashOf } from './pre-shared-key.ts'

const pskWithDhe = 1
const ownIdLength = 32
const mostTicket = 16_384 // bytes; real ones have up to 2 KB
const mostBeside = 49_000 // bytes of the client's extensions: with a ticket and its binder a hello has room for 65,535

/** Whether the client resumes in this hello, and in a way that `session` fits: never does a hello resume on its own. */
export function mayResume(client: ClientHello, session: Session): boolean {
  const { version, cipherSuite, ticket } = session
  if (!versionsOf(client).includes(version) || (ticket?.length ?? 0) > mostTicket) return false
  if (client.extensions.reduce((sum, { data }) => sum + 4 + data.length, 0) > mostBeside) return false
  if (version === tls13) {
    const fits = client.cipherSuites.some(suite => {
      const facts = cipherSuiteFacts(suite)
      return facts?.kx === 'tls13' && facts.prfHash === hashOf(session)
    })
    return fits && ticket !== undefined && client.psk !== undefined && !!client.pskModes?.includes(pskWithDhe)
  }
  if (!client.cipherSuites.includes(cipherSuite)) return false
  // RFC 7627 5.3: a session that has it is not resumed without.
  if (session.extendedMasterSecret && !has(client, extension.extendedMasterSecret)) return false
  if (ticket ? !has(client, extension.sessionTicket) : !session.sessionId) return false
  return client.sessionId.length > 0 || !!client.sessionTicket?.length
}

/** Whether early_data may stay beside `session`: RFC 8446 4.2.10. */
export const mayOfferEarlyData = (client: ClientHello, { version, maxEarlyData = 0, cipherSuite }: Session): boolean =>
  version === tls13 && client.earlyData && maxEarlyData > 0 && client.cipherSuites.includes(cipherSuite)

/**
 * The session id to send: that of `session`, or with its ticket a new one by which the server says that it took it (RFC 5077
 * 3.4). Otherwise the client's own, which most clients draw at random, and which starts a full handshake where the server
 * does not know it (RFC 5246 7.4.1.2).
 */
export function sessionIdFor({ sessionId }: ClientHello, session: Session | undefined): Uint8Array {
  if (!session || session.version === tls13) return sessionId
  return session.sessionId ?? randomBytes(sessionId.length || ownIdLength)
}

/** The versions that a hello offers, those of TLS only. */
export const versionsOf = ({ supportedVersions, legacyVersion }: ClientHello): readonly number[] =>
  supportedVersions ?? [0x0301, 0x0302, tls12].filter(version => version <= legacyVersion)

const has = (client: ClientHello, wanted: number): boolean => client.extensions.some(({ type }) => type === wanted)
