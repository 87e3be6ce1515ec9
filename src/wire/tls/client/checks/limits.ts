import { u16 } from '../../../bytes.ts'
import { tls13 } from '../../registry/versions.ts'
import type { Extension } from '../../values.ts'
import type { ClientState } from '../client-state.ts'
import { extension } from '../protocol.ts'
import { maxPlaintext } from '../records/limits.ts'
import { fail } from '../tls-error.ts'
import { dataOf } from './echoes.ts'

/** How much a record of ours may hold: RFC 8449 4, RFC 6066 4. Throws TlsError. */
export function agreeOnLimits(client: ClientState, extensions: readonly Extension[]): void {
  const limit = dataOf(extensions, extension.recordSizeLimit)
  const fragment = dataOf(extensions, extension.maxFragmentLength)
  if (limit && fragment) fail('illegal-parameter', 'two limits on the length of records') // RFC 8449 5
  if (limit) {
    if (limit.length !== 2) fail('decode-error', 'a record_size_limit')
    const bytes = u16(limit, 0)
    if (bytes < 64) fail('illegal-parameter', `a record_size_limit of ${bytes}`)
    const tls13Type = client.agreed.version === tls13 ? 1 : 0 // the content type counts
    client.records.largest = Math.min(maxPlaintext, bytes - tls13Type)
  }
  if (fragment) {
    const asked = dataOf(client.sent.hello.extensions, extension.maxFragmentLength)
    if (fragment.length !== 1) fail('decode-error', 'a max_fragment_length')
    if (fragment[0] !== asked?.[0] || fragment[0]! < 1 || fragment[0]! > 4)
      fail('illegal-parameter', 'another max_fragment_length than was asked for')
    client.records.largest = 256 << fragment[0]!
  }
}
