import { u16 } from '../../../bytes.ts'
import { latin1 } from '../../../latin1.ts'
import type { Extension } from '../../values.ts'
import type { ClientState } from '../client-state.ts'
import { extension } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import { dataOf } from './echoes.ts'

/** The application protocol: RFC 7301 3.2. Throws TlsError. */
export function agreeOnProtocol({ sent, agreed }: ClientState, extensions: readonly Extension[]): void {
  const data = dataOf(extensions, extension.alpn)
  if (!data) {
    agreed.alpn = undefined
    return
  }
  const one = data.length > 3 && u16(data, 0) === data.length - 2 && data[2] === data.length - 3
  if (!one) fail('decode-error', 'other than one application protocol')
  const name = latin1(data.subarray(3))
  if (!sent.hello.alpn?.includes(name)) fail('illegal-parameter', 'an application protocol that was not offered')
  agreed.alpn = name
}
