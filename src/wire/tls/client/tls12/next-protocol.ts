import { handshake as framed, list8 } from '../framing.ts'
import { handshakeType } from '../protocol.ts'
import { fail } from '../tls-error.ts'

const fallback = 'http/1.1'

/** draft-agl-tls-nextprotoneg-04 3: of the server's list the first that the client's ALPN has too. Throws TlsError. */
export function chooseProtocol(list: Uint8Array, offered: readonly string[] = []): string {
  let chosen: string | undefined
  for (let at = 0; at < list.length; ) {
    const end = at + 1 + list[at]!
    if (end === at + 1 || end > list.length) return fail('decode-error', 'a list of protocols that is none')
    const name = Buffer.from(list.subarray(at + 1, end)).toString('latin1')
    if (offered.includes(name)) chosen ??= name
    at = end
  }
  return chosen ?? fallback
}

/** NextProtocol, padded so that its length tells nothing. */
export function nextProtocolMessage(protocol: string): Buffer {
  const name = list8(Buffer.from(protocol, 'latin1'))
  const padding = Buffer.alloc(32 - ((name.length + 1) % 32))
  return framed(handshakeType.nextProtocol, Buffer.concat([name, list8(padding)]))
}
