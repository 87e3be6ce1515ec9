import type { ByteReader } from '../../reader.ts'
import { readDistinguishedNames } from '../extensions/certificates.ts'
import { readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import { clientCertificateTypes, showByte } from '../registry/parameters.ts'
import { showSignatureScheme } from '../registry/signature-schemes.ts'
import { isTls13, tls12 } from '../registry/versions.ts'
import type { CertificateRequest, MessageValue } from '../values.ts'
import { numbers, opaque } from '../vector.ts'

const showType = showByte(clientCertificateTypes)

/** RFC 8446 4.3.2 */
function read13(r: ByteReader, source: Source): CertificateRequest {
  const context = opaque(r, 1, 'certificate_request_context')
  const { facts } = readExtensions(r, source, 'certificate_request')
  return { context, signatureAlgorithms: facts.signatureAlgorithms ?? [], authorities: facts.authorities ?? [] }
}

/** RFC 5246 7.4.4; RFC 4346 7.4.4 had no signature algorithms. */
function read12(r: ByteReader, { context }: Source): CertificateRequest {
  const certificateTypes = numbers(r, 1, 'certificate_types', 1, 'certificate_type', showType, 'type')
  const hasSchemes = (context.version ?? tls12) >= tls12
  const signatureAlgorithms = hasSchemes
    ? numbers(r, 2, 'supported_signature_algorithms', 2, 'signature_algorithm', showSignatureScheme, 'algorithm')
    : []
  const authorities = readDistinguishedNames(r, 'certificate_authorities')
  return { certificateTypes, signatureAlgorithms, authorities }
}

export function certificateRequest(r: ByteReader, source: Source): MessageValue {
  const request = isTls13(source.context.version) ? read13(r, source) : read12(r, source)
  r.end()
  return { name: 'certificate_request', request }
}
