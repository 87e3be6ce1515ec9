import { readClientHello } from '../../messages/client-hello.ts'
import type { ClientHello, Extension } from '../../values.ts'
import { handshake, list8, list16, u16 } from '../framing.ts'
import { TlsError } from '../tls-error.ts'

const sessionIdAt = 38 // behind header, version and random
const clientHello = 1
const mostExtensions = 0xffff // bytes

export type Part = Pick<Extension, 'type' | 'data'>

/** What takes the place of the template's own. */
export interface Filling {
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly extensions: readonly Part[]
}

/**
 * A ClientHello with the bytes of `template`, which reads as `hello`, but for what is filled in; and as it reads. Throws a
 * TlsError, illegal_parameter, where the server's cookie or ticket is more than a hello can hold.
 */
export function filled(
  template: Uint8Array,
  hello: ClientHello,
  { random, sessionId, extensions }: Filling,
): { readonly message: Buffer; readonly hello: ClientHello } {
  const suites = sessionIdAt + 1 + hello.sessionId.length
  const end = suites + 2 + 2 * hello.cipherSuites.length + 1 + hello.compressionMethods.length
  const parts = [template.subarray(4, 6), random, list8(sessionId), template.subarray(suites, end)]
  // Before TLS 1.3 a hello may end here: RFC 5246 7.4.1.2.
  if (end < template.length || extensions.length > 0) parts.push(list16(blockOf(extensions)))
  const message = handshake(clientHello, Buffer.concat(parts))
  return { message, hello: readClientHello(message) }
}

function blockOf(extensions: readonly Part[]): Buffer {
  const size = extensions.reduce((sum, { data }) => sum + 4 + data.length, 0)
  if (size > mostExtensions) throw new TlsError(47, `${size} bytes of extensions, more than a hello can hold`)
  return Buffer.concat(extensions.flatMap(({ type, data }) => [u16(type), list16(data)]))
}
