import type { ByteReader } from '../../reader.ts'
import type { Source } from '../message-context.ts'
import { showSignatureScheme } from '../registry/signature-schemes.ts'
import { tls12 } from '../registry/versions.ts'
import type { MessageValue } from '../values.ts'
import { opaque } from '../vector.ts'

/**
 * RFC 8446 4.4.3, RFC 5246 7.4.8. TLS 1.0 and 1.1 name no algorithm (RFC 4346 7.4.8): the key decides it, and the
 * value has algorithm 0.
 */
export function certificateVerify(r: ByteReader, { context }: Source): MessageValue {
  const algorithm = (context.version ?? tls12) >= tls12 ? r.u16('algorithm', showSignatureScheme) : 0
  const signature = opaque(r, 2, 'signature')
  r.end()
  return { name: 'certificate_verify', verify: { algorithm, signature } }
}
