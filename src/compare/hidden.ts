import type { Handshake } from '../wire/tls/handshake.ts'
import { tls13 } from '../wire/tls/registry/versions.ts'

/** What stands where a leg said it in messages that nobody could open. */
export const notVisible = 'not visible (encrypted)'

/** TLS 1.3 encrypts all that follows ServerHello (RFC 8446 2); true where a leg’s keys are not known, so that none of it was read. */
export const answerHidden = (leg: Handshake | undefined): leg is Handshake =>
  leg?.negotiated.version === tls13 &&
  !leg.messages.some(({ direction, encrypted }) => direction === 'to-client' && encrypted) &&
  leg.records.some(({ direction, encrypted, opened }) => direction === 'to-client' && encrypted && !opened)

/** The same for what only a full handshake says: certificates and signatures. */
export const proofHidden = (leg: Handshake | undefined): boolean =>
  answerHidden(leg) && leg.negotiated.resumption === 'none'
