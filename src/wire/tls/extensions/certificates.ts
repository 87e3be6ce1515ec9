import type { ByteReader } from '../../reader.ts'
import { cachedInformationTypes, showByte, trustedAuthorityTypes } from '../registry/parameters.ts'
import { showSignatureScheme } from '../registry/signature-schemes.ts'
import { count, opaque, shortHex, vector } from '../vector.ts'
import { type Decode, isClientForm } from './decoder.ts'
import { delegatedCredentialSchemes } from './lists.ts'

/** Extensions about which certificates are wanted, known or delegated. */

/** RFC 8446 4.2.4: DER names of the authorities that are accepted. */
export const certificateAuthorities: Decode = r => {
  const authorities = readDistinguishedNames(r, 'authorities')
  return { shown: count(authorities.length, 'authority'), facts: { authorities } }
}

export const readDistinguishedNames = (r: ByteReader, name: string): Uint8Array[] =>
  vector(
    r,
    2,
    name,
    item => opaque(item, 2, 'distinguished_name'),
    list => count(list.length, 'name'),
  )

/** RFC 8446 4.2.5 */
export const oidFilters: Decode = r => {
  const filters = vector(r, 2, 'filters', readFilter, list => count(list.length, 'filter'))
  return { shown: count(filters.length, 'filter') }
}

function readFilter(r: ByteReader): true {
  opaque(r, 1, 'certificate_extension_oid')
  opaque(r, 2, 'certificate_extension_values')
  return true
}

/** RFC 9345 4: the schemes that are accepted, or in a Certificate the credential itself. */
export const delegatedCredential: Decode = (r, context, bytes) => {
  if (isClientForm(context)) return delegatedCredentialSchemes(r, context, bytes)
  const seconds = r.u32('valid_time', value => `${value} s after the certificate's notBefore`)
  r.u16('dc_cert_verify_algorithm', showSignatureScheme)
  opaque(r, 3, 'subject_public_key_info')
  r.u16('algorithm', showSignatureScheme)
  opaque(r, 2, 'signature')
  return { shown: `valid until ${seconds} s after the certificate's notBefore` }
}

const showAuthorityType = showByte(trustedAuthorityTypes)

/** RFC 6066 6 */
export const trustedCaKeys: Decode = (r, context) => {
  if (context !== 'client_hello' && r.remaining === 0) return { shown: 'used' }
  const list = vector(r, 2, 'trusted_authorities_list', readAuthority, items => count(items.length, 'authority'))
  return { shown: count(list.length, 'authority') }
}

function readAuthority(r: ByteReader): number {
  const type = r.u8('identifier_type', showAuthorityType)
  if (type === 1 || type === 3) r.bytes(20, 'sha1_hash')
  else if (type === 2) opaque(r, 2, 'distinguished_name')
  else if (type !== 0) r.rest('identifier', shortHex)
  return type
}

const showInformationType = showByte(cachedInformationTypes)

/** RFC 7924 3: what the client has kept; from the server only the types that it will leave out. */
export const cachedInfo: Decode = (r, context) => {
  const list = vector(
    r,
    2,
    'cached_information',
    item => {
      const type = item.u8('type', showInformationType)
      if (context === 'client_hello') opaque(item, 1, 'hash_value')
      return type
    },
    types => types.map(showInformationType).join(', '),
  )
  return { shown: list.map(showInformationType).join(', ') }
}

/** draft-ietf-tls-trust-anchor-ids: ids (relative OIDs) of the roots that the peer may use. */
export const trustAnchors: Decode = r => {
  if (r.remaining === 0) return { shown: 'matched' }
  const ids = vector(
    r,
    2,
    'trust_anchor_ids',
    item => opaque(item, 1, 'trust_anchor_id', relativeOid),
    l => count(l.length, 'id'),
  )
  return { shown: count(ids.length, 'trust anchor') }
}

/** Base 128, high bit while there is more, as in ASN.1: `44947.2.1`. Hex where it does not end or is no number. */
function relativeOid(bytes: Uint8Array): string {
  if ((bytes.at(-1) ?? 0x80) >= 0x80) return shortHex(bytes)
  let shown = ''
  let arc = 0
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER) return shortHex(bytes)
    if (byte >= 0x80) continue
    shown += shown === '' ? arc : `.${arc}`
    arc = 0
  }
  return shown
}
