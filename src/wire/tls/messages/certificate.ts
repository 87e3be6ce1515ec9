import type { ByteReader } from '../../reader.ts'
import { readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import { isTls13 } from '../registry/versions.ts'
import type { CertificateMessage, Extension, MessageValue } from '../values.ts'
import { count, opaque, shortHex, vector } from '../vector.ts'

/** A chain has a handful, and each is read and judged; of more the fields tell their number and bytes. */
export const mostCertificates = 100

/** RFC 8446 4.4.2: a request context, and extensions after every certificate. */
export function readCertificate13(r: ByteReader, source: Source): CertificateMessage {
  const context = opaque(r, 1, 'certificate_request_context')
  const entries = vector(r, 3, 'certificate_list', item => readEntry(item, source), showList)
  r.end()
  const ocspResponse = entries[0]?.ocspResponse
  return {
    context,
    certificates: entries.slice(0, mostCertificates).map(entry => entry.der),
    entryExtensions: entries.map(entry => entry.extensions),
    ...(ocspResponse && { ocspResponse }),
  }
}

interface Entry {
  readonly der: Uint8Array
  readonly ocspResponse: Uint8Array | undefined
  readonly extensions: readonly Extension[]
}

const readEntry = (r: ByteReader, source: Source): Entry =>
  r.group(
    'certificate_entry',
    entry => {
      const der = opaque(entry, 3, 'cert_data')
      const { extensions, facts } = readExtensions(entry, source, 'certificate')
      return { der, extensions, ocspResponse: facts.ocspResponse }
    },
    entry => `${count(entry.der.length, 'byte')} of DER`,
  )

/** RFC 5246 7.4.2: DER and nothing else. */
function readCertificate12(r: ByteReader): CertificateMessage {
  const certificates = vector(r, 3, 'certificate_list', item => opaque(item, 3, 'certificate', shortHex), showList)
  r.end()
  return { certificates: certificates.slice(0, mostCertificates) }
}

const showList = (list: readonly unknown[]): string => count(list.length, 'certificate')

export const certificate = (r: ByteReader, source: Source): MessageValue => ({
  name: 'certificate',
  certificate: isTls13(source.context.version) ? readCertificate13(r, source) : readCertificate12(r),
})
