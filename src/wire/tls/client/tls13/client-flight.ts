import { signedInTls13 } from '../../checks/signature.ts'
import type { ClientState } from '../client-state.ts'
import { handshake as framed, list8, list16, list24, u16 } from '../framing.ts'
import { contentType, handshakeType, nothing } from '../protocol.ts'
import { verifyData } from '../schedule.ts'
import { schemeFor, signed } from '../signing.ts'
import type { CertificateRequest } from './certificate-request.ts'

type Hash = 'sha256' | 'sha384'

interface Answer {
  readonly request: CertificateRequest | undefined
  /** Whether the server takes a certificate, and not a bare key. */
  readonly takesCertificate: boolean
  /** The ALPS extension that waits for our settings. */
  readonly settings?: number | undefined
  readonly hash: Hash
  /** The secret whose finished key makes our verify_data. */
  readonly base: Uint8Array
}

/** What we say to end the handshake: RFC 8446 4.4; the settings of ALPS first. */
export function answerFlight(client: ClientState, { request, takesCertificate, settings, hash, base }: Answer): Buffer {
  const flight: Buffer[] = []
  const say = (message: Buffer): void => {
    client.say(message)
    flight.push(message)
  }
  if (settings !== undefined) say(ownSettings(settings))
  if (request) for (const message of proof(client, request, takesCertificate, hash)) say(message)
  say(framed(handshakeType.finished, verifyData(hash, base, client.transcript.hash(hash))))
  return client.records.sealed(contentType.handshake, Buffer.concat(flight))
}

/** draft-vvv-tls-alps 4.3: an EncryptedExtensions of ours, with empty settings. */
const ownSettings = (type: number): Buffer =>
  framed(handshakeType.encryptedExtensions, list16(Buffer.concat([u16(type), list16(nothing)])))

/**
 * Certificate and CertificateVerify: RFC 8446 4.4.2, 4.4.3. A Certificate of none where there is no identity, or none that
 * the server takes. Each must be in the transcript before the next is asked for.
 */
export function* proof(
  client: ClientState,
  { context, schemes }: CertificateRequest,
  takesCertificate: boolean,
  hash: Hash,
): Generator<Buffer, void, void> {
  const identity = takesCertificate ? client.options.identity : undefined
  const scheme = identity && schemeFor(identity.key, schemes, true)
  const shown = identity && scheme !== undefined ? identity.certificates : []
  const entries = shown.map(der => Buffer.concat([list24(der), u16(0)]))
  yield framed(handshakeType.certificate, Buffer.concat([list8(context), list24(Buffer.concat(entries))]))
  if (!identity || scheme === undefined) return
  const signature = signed(identity.key, scheme, signedInTls13('to-server', client.transcript.hash(hash)))
  yield framed(handshakeType.certificateVerify, Buffer.concat([u16(scheme), list16(signature)]))
}
