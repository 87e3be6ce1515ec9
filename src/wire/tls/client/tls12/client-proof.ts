import type { KeyObject } from 'node:crypto'
import { tls12 } from '../../registry/versions.ts'
import type { ClientState } from '../client-state.ts'
import { handshake as framed, list16, list24, u16 } from '../framing.ts'
import type { Identity } from '../options.ts'
import { handshakeType, type Message } from '../protocol.ts'
import { schemeFor, signed, signedLegacy } from '../signing.ts'
import { fail } from '../tls-error.ts'

export interface ClientCertificateRequest {
  readonly types: readonly number[]
  /** Empty before TLS 1.2. */
  readonly schemes: readonly number[]
}

/** ClientCertificateType, by kind of key: RFC 5246 7.4.4, RFC 8422 5.5. */
const typesOfKeys: Readonly<Record<string, number>> = { rsa: 1, 'rsa-pss': 1, ec: 64, ed25519: 64, ed448: 64 }

/** The server's CertificateRequest: RFC 5246 7.4.4. Throws TlsError. */
export function readRequest(client: ClientState, message: Message): ClientCertificateRequest {
  const { request } = client.read(message, 'certificate_request', handshakeType.certificateRequest)
  const { certificateTypes: types = [], signatureAlgorithms: schemes } = request
  if (types.length === 0) fail('decode-error', 'a CertificateRequest for no type of certificate')
  if (client.agreed.version >= tls12 && schemes.length === 0)
    fail('decode-error', 'a CertificateRequest for no signature scheme')
  return { types, schemes }
}

/** Our identity, and the scheme that we sign with; none before TLS 1.2. */
export interface Fitting {
  readonly identity: Identity
  readonly scheme: number | undefined
}

/** What fits what the server takes; undefined where we have nothing that does. */
export function fitting(
  { options, agreed }: ClientState,
  { types, schemes }: ClientCertificateRequest,
): Fitting | undefined {
  const { identity } = options
  if (!identity || !types.includes(typeOf(identity.key))) return undefined
  if (agreed.version < tls12)
    return identity.key.asymmetricKeyType === 'rsa-pss' ? undefined : { identity, scheme: undefined }
  const scheme = schemeFor(identity.key, schemes, false)
  return scheme === undefined ? undefined : { identity, scheme }
}

const typeOf = (key: KeyObject): number => typesOfKeys[key.asymmetricKeyType ?? ''] ?? -1

/** Certificate: RFC 5246 7.4.6; one of none where we have nothing that fits. */
export function ownCertificate(own: Fitting | undefined): Buffer {
  const certificates = own?.identity.certificates ?? []
  return framed(handshakeType.certificate, list24(Buffer.concat(certificates.map(list24))))
}

/** CertificateVerify over all messages so far: RFC 5246 7.4.8. */
export function ownProof({ transcript: { messages } }: ClientState, { identity: { key }, scheme }: Fitting): Buffer {
  if (scheme === undefined) return framed(handshakeType.certificateVerify, list16(signedLegacy(key, messages)))
  const signature = signed(key, scheme, Buffer.concat(messages))
  return framed(handshakeType.certificateVerify, Buffer.concat([u16(scheme), list16(signature)]))
}
