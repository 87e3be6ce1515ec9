import { checkOnce, typesIn } from '../checks/echoes.ts'
import type { ClientState } from '../client-state.ts'
import { extension, handshakeType, type Message } from '../protocol.ts'
import { fail } from '../tls-error.ts'

export interface CertificateRequest {
  readonly context: Uint8Array
  /** The signature schemes that the server takes. */
  readonly schemes: readonly number[]
}

/** RFC 8446 4.3.2. It joins the transcript. Throws TlsError. */
export function readCertificateRequest(client: ClientState, message: Message): CertificateRequest {
  const { request } = client.read(message, 'certificate_request', handshakeType.certificateRequest)
  const { context = new Uint8Array(0), signatureAlgorithms } = request
  const types = typesIn(message.bytes, 5 + context.length)
  checkOnce(types)
  if (!types.includes(extension.signatureAlgorithms))
    fail('missing-extension', 'a CertificateRequest without signature_algorithms')
  if (signatureAlgorithms.length === 0) fail('decode-error', 'a CertificateRequest for no signature scheme')
  return { context, schemes: signatureAlgorithms }
}
