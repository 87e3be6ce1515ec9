import { u16 } from '../../bytes.ts'
import type { ByteReader } from '../../reader.ts'
import { groups, hybridGroups, showGroup } from '../registry/groups.ts'
import { nameOf } from '../registry/names.ts'
import type { KeyShare } from '../values.ts'
import { count, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** RFC 8446 4.2.8: the client's shares, the server's one, or in a HelloRetryRequest the group that it wants. */
export const keyShare: Decode = (r, context, bytes) => {
  if (context === 'client_hello') {
    const keyShares = vector(
      r,
      2,
      'client_shares',
      item => item.group('key_share_entry', entry => readEntry(entry, 'client', bytes), showEntry),
      list => count(list.length, 'share'),
    )
    return { shown: keyShares.map(share => nameOf(groups, share.group)).join(', '), facts: { keyShares } }
  }
  if (context === 'hello_retry_request') {
    const selectedGroup = r.u16('selected_group', showGroup)
    return { shown: `asks for ${nameOf(groups, selectedGroup)}`, facts: { selectedGroup } }
  }
  const share = readEntry(r, 'server', bytes)
  return { shown: nameOf(groups, share.group), facts: { keyShare: share } }
}

const showEntry = (share: KeyShare): string =>
  `${nameOf(groups, share.group)}, ${count(share.keyExchange.length, 'byte')}`

function readEntry(r: ByteReader, side: 'client' | 'server', bytes: Uint8Array): KeyShare {
  const group = r.u16('group', showGroup)
  const length = r.u16('key_exchange_length')
  const parts = hybridGroups[group]
  if (!parts || parts[0][side] + parts[1][side] !== length)
    return { group, keyExchange: r.bytes(length, 'key_exchange', shortHex) }
  const start = r.offset
  const share = r.block(length, 'key_exchange', `${parts[0].name} then ${parts[1].name}`)
  for (const part of parts) share.bytes(part[side], part.name, shortHex)
  return { group, keyExchange: bytes.subarray(start, start + length) }
}

/**
 * Type 40 was key_share until draft 22 of TLS 1.3, and is extended_random in the hellos of some old devices: which one,
 * only its content says.
 */
export const draftKeyShare =
  (otherwise: Decode): Decode =>
  (r, context, bytes) => {
    const groupAt = context === 'client_hello' ? r.offset + 2 : r.offset
    const named = r.remaining >= 2 && groupAt + 2 <= bytes.length && groups[u16(bytes, groupAt)] !== undefined
    if (!named) return otherwise(r, context, bytes)
    const decoded = keyShare(r, context, bytes)
    return { ...decoded, shown: `key_share of a TLS 1.3 draft: ${decoded.shown}` }
  }
