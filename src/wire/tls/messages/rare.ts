import type { ByteReader } from '../../reader.ts'
import type { MessageValue } from '../values.ts'
import { count, latin1, opaque, shortHex, vector } from '../vector.ts'

/** Messages that have fields but no value of their own: few stacks ever sent them. */

/** draft-agl-tls-nextprotoneg: the client's choice, padded so that its length tells nothing. */
export function nextProtocol(r: ByteReader): MessageValue {
  opaque(r, 1, 'selected_protocol', latin1)
  opaque(r, 1, 'padding')
  r.end()
  return { name: 'unknown', type: 67 }
}

/** RFC 6066 5: where the client's certificates can be fetched. */
export function certificateUrl(r: ByteReader): MessageValue {
  r.u8('chain_type', type => (type === 0 ? 'individual_certs (0)' : `pkipath (${type})`))
  vector(r, 2, 'url_and_hash_list', readUrl, list => count(list.length, 'address'))
  r.end()
  return { name: 'unknown', type: 21 }
}

function readUrl(r: ByteReader): true {
  opaque(r, 2, 'url', latin1)
  r.u8('padding')
  r.bytes(20, 'sha1_hash')
  return true
}

/** RFC 4680 2 */
export function supplementalData(r: ByteReader): MessageValue {
  vector(r, 3, 'supp_data', readEntry, list => count(list.length, 'entry'))
  r.end()
  return { name: 'unknown', type: 23 }
}

function readEntry(r: ByteReader): true {
  r.u16('supp_data_type')
  opaque(r, 2, 'data')
  return true
}

/** What has no reader: its bytes. */
export const unknownMessage =
  (type: number) =>
  (r: ByteReader): MessageValue => {
    if (r.remaining > 0) r.rest('data', shortHex)
    return { name: 'unknown', type }
  }
