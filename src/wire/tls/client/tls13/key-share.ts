import type { ServerHello } from '../../values.ts'
import type { ClientState } from '../client-state.ts'
import { fail, UnsupportedError } from '../tls-error.ts'

const pskAlone = 0 // psk_ke: RFC 8446 4.2.9

/** The shared secret of the group that the server chose: RFC 8446 4.2.8, 7.4. Throws TlsError. */
export function agreeOnKeys({ sent, agreed }: ClientState, { keyShare, selectedPsk }: ServerHello): Uint8Array {
  if (!keyShare && selectedPsk !== undefined && sent.hello.pskModes?.includes(pskAlone))
    throw new UnsupportedError('a PSK without key exchange')
  if (!keyShare) return fail('missing-extension', 'no key_share')
  const { group, keyExchange } = keyShare
  const pair = sent.pairs.get(group)
  if (!pair && sent.foreign.has(group)) throw new UnsupportedError(`group ${group}`)
  if (!pair) return fail('illegal-parameter', 'a group whose share was not sent')
  agreed.group = group
  return pair.agree(keyExchange)
}
