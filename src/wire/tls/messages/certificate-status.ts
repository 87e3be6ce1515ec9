import type { ByteReader } from '../../reader.ts'
import { readCertificateStatus } from '../extensions/status.ts'
import type { Source } from '../message-context.ts'
import { certificateStatusTypes, showByte } from '../registry/parameters.ts'
import type { MessageValue } from '../values.ts'
import { count, opaque, vector } from '../vector.ts'

const showStatusType = showByte(certificateStatusTypes)

/** RFC 6066 8, RFC 6961 2.2: the stapled OCSP response of TLS 1.2, or one per certificate of the chain. */
export function certificateStatus(r: ByteReader, { bytes }: Source): MessageValue {
  const responses = bytes[r.offset] === 2 ? readMulti(r) : [readCertificateStatus(r)]
  r.end()
  return { name: 'certificate_status', responses: responses.filter(response => response !== undefined) }
}

function readMulti(r: ByteReader): Uint8Array[] {
  r.u8('status_type', showStatusType)
  return vector(
    r,
    3,
    'ocsp_response_list',
    i => opaque(i, 3, 'ocsp_response'),
    list => count(list.length, 'response'),
  )
}
