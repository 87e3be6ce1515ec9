import { namesIn, shower } from '../registry/names.ts'
import { heartbeatModes, showByte, srtpProfiles, tokenBindingParameters } from '../registry/parameters.ts'
import { count, latin1, numbers, opaque, shortHex } from '../vector.ts'
import type { Decode } from './decoder.ts'

/** Extensions that are one string of bytes or a few numbers. */

const one =
  (width: 1 | 2, name: string): Decode =>
  r => ({ shown: count(opaque(r, width, name).length, 'byte') })

/** RFC 8446 4.2.2 */
export const cookie = one(2, 'cookie')
/** RFC 9146 3 */
export const connectionId = one(1, 'cid')
/** RFC 8844 */
export const externalIdHash = one(1, 'binding_hash')
/** RFC 8844 */
export const externalSessionId = one(1, 'session_id')
/** draft-rescorla-tls-extended-random */
export const extendedRandom = one(2, 'extended_random_value')
/** draft-ietf-tls-tlsflags */
export const tlsFlags = one(1, 'flags')

/** RFC 5746 3.2: nothing in a first handshake, the Finished data of the last one in a renegotiation. */
export const renegotiationInfo: Decode = r => {
  const data = opaque(r, 1, 'renegotiated_connection')
  return { shown: data.length === 0 ? 'first handshake' : `renegotiation, ${count(data.length, 'byte')}` }
}

/** RFC 5054 2.8.1 */
export const srp: Decode = r => ({ shown: latin1(opaque(r, 1, 'srp_i', latin1)) })

const showHeartbeat = showByte(heartbeatModes)

/** RFC 6520 2 */
export const heartbeat: Decode = r => ({ shown: showHeartbeat(r.u8('mode', showHeartbeat)) })

const showTokenBinding = showByte(tokenBindingParameters)

/** RFC 8472 2 */
export const tokenBinding: Decode = r => {
  const version = `${r.u8('token_binding_major')}.${r.u8('token_binding_minor')}`
  const list = numbers(r, 1, 'key_parameters_list', 1, 'key_parameter', showTokenBinding)
  return { shown: `${version}: ${namesIn(tokenBindingParameters, list, 8, 2)}` }
}

const showProfile = shower(srtpProfiles)

/** RFC 5764 4.1.1 */
export const useSrtp: Decode = r => {
  const profiles = numbers(r, 2, 'srtp_protection_profiles', 2, 'srtp_protection_profile', showProfile)
  opaque(r, 1, 'srtp_mki')
  return { shown: namesIn(srtpProfiles, profiles) }
}

/** RFC 9102 2: the port from the client; how long it holds and the DNSSEC records from the server. */
export const dnssecChain: Decode = (r, context) => {
  if (context === 'client_hello') return { shown: `port ${r.u16('port_number')}` }
  const lifetime = r.u16('ext_support_lifetime', value => `${value} h`)
  const chain = r.rest('authentication_chain', shortHex)
  return { shown: `${count(chain.length, 'byte')} of DNSSEC records, for ${lifetime} h` }
}

/** What has no decoder: its length and its bytes. */
export const unknown: Decode = r => {
  if (r.remaining === 0) return { shown: 'empty' }
  return { shown: count(r.rest('data', shortHex).length, 'byte') }
}
