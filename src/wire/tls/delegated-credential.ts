import { ByteReader, MalformedError } from '../reader.ts'
import type { CertificateMessage } from './values.ts'
import { opaque } from './vector.ts'

/** DelegatedCredential: RFC 9345 4. */
export interface DelegatedCredential {
  /** seconds after the notBefore of the certificate */
  readonly validTime: number
  /** The one scheme that its key signs a handshake with. */
  readonly scheme: number
  /** DER */
  readonly spki: Uint8Array
  /** The scheme of the signature by the key of the certificate. */
  readonly algorithm: number
  readonly signature: Uint8Array
  /** What is signed besides a context and the certificate. */
  readonly signed: Uint8Array
}

const type = 34
const context = Buffer.concat([Buffer.alloc(64, ' '), Buffer.from('TLS, server delegated credentials\0', 'latin1')])

function readDelegatedCredential(data: Uint8Array): DelegatedCredential {
  const r = ByteReader.quiet(data, 'delegated_credential')
  const validTime = r.u32('valid_time')
  const scheme = r.u16('dc_cert_verify_algorithm')
  const spki = opaque(r, 3, 'subject_public_key_info')
  const algorithm = r.u16('algorithm')
  const signed = data.subarray(0, r.offset)
  const signature = opaque(r, 2, 'signature')
  r.end()
  return { validTime, scheme, spki, algorithm, signature, signed }
}

/** What a server's key signs to delegate: RFC 9345 4. `leaf` is DER. */
export const delegationOf = (leaf: Uint8Array, { signed }: DelegatedCredential): readonly Uint8Array[] => [
  context,
  leaf,
  signed,
]

/** What is at the leaf; elsewhere it is ignored (RFC 9345 4.1.1). Undefined where there is none. Throws MalformedError. */
export function delegatedCredentialIn({ entryExtensions }: CertificateMessage): DelegatedCredential | undefined {
  const data = entryExtensions?.[0]?.find(extension => extension.type === type)?.data
  return data && readDelegatedCredential(data)
}

/** The same for display: one that is malformed is none. */
export function readableCredentialIn(certificate: CertificateMessage): DelegatedCredential | undefined {
  try {
    return delegatedCredentialIn(certificate)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
