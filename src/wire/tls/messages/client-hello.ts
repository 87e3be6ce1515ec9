import { ByteReader } from '../../reader.ts'
import { noExtensions, readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import { showCipherSuite } from '../registry/cipher-suites.ts'
import { compressionMethods, showByte } from '../registry/parameters.ts'
import { showVersion } from '../registry/versions.ts'
import type { ClientHello, MessageValue } from '../values.ts'
import { numbers, opaque } from '../vector.ts'
import { expectHeader } from './header.ts'

const showCompression = showByte(compressionMethods)

/** RFC 8446 4.1.2, RFC 5246 7.4.1.2: the body, without the four header bytes. Extensions may be missing before TLS 1.2. */
function readClientHelloBody(r: ByteReader, source: Source): ClientHello {
  const legacyVersion = r.u16('legacy_version', showVersion)
  const random = r.bytes(32, 'random')
  const sessionId = opaque(r, 1, 'legacy_session_id')
  const cipherSuites = numbers(r, 2, 'cipher_suites', 2, 'cipher_suite', showCipherSuite, 'suite')
  const compressionMethods = numbers(
    r,
    1,
    'legacy_compression_methods',
    1,
    'compression_method',
    showCompression,
    'method',
  )
  const { extensions, facts } = r.remaining > 0 ? readExtensions(r, source, 'client_hello') : noExtensions
  r.end()
  return {
    legacyVersion,
    random,
    sessionId,
    cipherSuites,
    compressionMethods,
    extensions,
    earlyData: false,
    statusRequest: false,
    ...facts,
  }
}

export const clientHello = (r: ByteReader, source: Source): MessageValue => ({
  name: 'client_hello',
  hello: readClientHelloBody(r, source),
})

/** A ClientHello from its bytes, header included. Throws MalformedError; an extension that is malformed is passed over. */
export function readClientHello(bytes: Uint8Array): ClientHello {
  const r = ByteReader.quiet(bytes, 'client_hello')
  expectHeader(r, 1)
  return readClientHelloBody(r, { bytes, context: { direction: 'to-server' }, problems: [] })
}
