import type { ByteReader } from '../../reader.ts'
import { certificateStatusTypes, showByte } from '../registry/parameters.ts'
import { count, opaque, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** OCSP stapling: asked for in a hello, answered in a certificate (1.3) or in a CertificateStatus message (1.2). */

const showStatusType = showByte(certificateStatusTypes)

/** RFC 6066 8 */
export const statusRequest: Decode = (r, context) => {
  if (context === 'certificate') {
    const ocspResponse = readCertificateStatus(r)
    return ocspResponse
      ? { shown: `OCSP response, ${count(ocspResponse.length, 'byte')}`, facts: { ocspResponse } }
      : { shown: 'no response' }
  }
  if (r.remaining === 0) return { shown: context === 'certificate_request' ? 'wanted' : 'promised', facts: asked }
  const type = r.u8('status_type', showStatusType)
  if (type === 1) readOcspRequest(r)
  else r.rest('request', shortHex)
  return { shown: showStatusType(type), facts: asked }
}

const asked = { statusRequest: true }

/** RFC 6961 2.2 */
export const statusRequestV2: Decode = (r, context) => {
  if (context !== 'client_hello' && r.remaining === 0) return { shown: 'promised' }
  const types = vector(r, 2, 'certificate_status_req_list', readItem, list => count(list.length, 'request'))
  return { shown: types.map(showStatusType).join(', ') }
}

function readItem(r: ByteReader): number {
  const type = r.u8('status_type', showStatusType)
  const request = r.block(r.u16('request_length'), 'request')
  if (type === 1 || type === 2) readOcspRequest(request)
  else request.rest('data', shortHex)
  request.end()
  return type
}

function readOcspRequest(r: ByteReader): void {
  vector(
    r,
    2,
    'responder_id_list',
    id => opaque(id, 2, 'responder_id'),
    list => count(list.length, 'responder'),
  )
  opaque(r, 2, 'request_extensions')
}

/** The CertificateStatus structure: one OCSP response. Undefined for other types. */
export function readCertificateStatus(r: ByteReader): Uint8Array | undefined {
  const type = r.u8('status_type', showStatusType)
  if (type === 1) return opaque(r, 3, 'ocsp_response')
  r.rest('response', shortHex)
  return undefined
}
