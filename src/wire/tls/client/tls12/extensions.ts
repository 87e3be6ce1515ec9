import type { Extension, ServerHello } from '../../values.ts'
import { agreeOnProtocol } from '../checks/application-protocol.ts'
import { checkTimestamps, dataOf } from '../checks/echoes.ts'
import { agreeOnLimits } from '../checks/limits.ts'
import { same } from '../checks/same.ts'
import type { ClientState } from '../client-state.ts'
import { list8 } from '../framing.ts'
import { extension } from '../protocol.ts'
import { fail, UnsupportedError } from '../tls-error.ts'
import { chooseProtocol } from './next-protocol.ts'
import type { Renegotiation } from './renegotiation-hello.ts'

/** What the extensions of a ServerHello up to TLS 1.2 agree on. Returns the protocol that NPN wants us to name. Throws TlsError. */
export function agreeOnExtensions(
  client: ClientState,
  { extensions }: ServerHello,
  before: Renegotiation | undefined,
): string | undefined {
  const { agreed } = client
  const has = (type: number): boolean => dataOf(extensions, type) !== undefined
  const extended = has(extension.extendedMasterSecret)
  if (before && extended !== agreed.extendedMasterSecret) fail('handshake-failure', 'extended_master_secret changed')
  agreed.extendedMasterSecret = extended
  checkRenegotiation(client, dataOf(extensions, extension.renegotiationInfo), before)
  checkTimestamps(extensions)
  checkPointFormats(dataOf(extensions, 11))
  checkSpoken(extensions)
  agreeOnLimits(client, extensions)
  if (before) return undefined // its hello names no application protocols: the one that was agreed stays
  agreeOnProtocol(client, extensions)
  const offered = dataOf(extensions, extension.nextProtocolNegotiation)
  if (!offered) return undefined
  if (agreed.alpn !== undefined) fail('illegal-parameter', 'both ALPN and NPN')
  agreed.alpn = chooseProtocol(offered, client.sent.hello.alpn)
  return agreed.alpn
}

/** What clients may offer and changes the form of what follows. */
const unspoken: Readonly<Record<number, string>> = {
  4: 'truncated_hmac',
  25: 'cached_info',
  26: 'tls_lts',
  [extension.channelId]: 'Channel ID',
}

function checkSpoken(extensions: readonly Extension[]): void {
  for (const { type, data } of extensions) {
    const what = unspoken[type]
    if (what !== undefined) throw new UnsupportedError(what)
    const names = type === extension.serverCertificateType || type === extension.clientCertificateType
    if (names && data[0] !== 0) throw new UnsupportedError('a bare key before TLS 1.3') // RFC 7250
  }
}

/** RFC 5746 3.4 and 3.5. */
function checkRenegotiation(
  { agreed }: ClientState,
  info: Uint8Array | undefined,
  before: Renegotiation | undefined,
): void {
  const expected = list8(before ? Buffer.concat([before.client, before.server]) : Buffer.alloc(0))
  if (info && !same(info, expected)) fail('handshake-failure', 'renegotiation_info of another connection')
  if (before && !info) fail('handshake-failure', 'a renegotiation without renegotiation_info')
  agreed.secureRenegotiation = info !== undefined
}

/** RFC 8422 5.1.2: a list, of which uncompressed must be one. */
function checkPointFormats(data: Uint8Array | undefined): void {
  if (data && (data.length < 2 || data[0] !== data.length - 1)) fail('decode-error', 'ec_point_formats')
  if (data && !data.subarray(1).includes(0)) fail('illegal-parameter', 'no uncompressed points')
}
