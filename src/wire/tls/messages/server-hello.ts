import { ByteReader, hex } from '../../reader.ts'
import type { ExtensionFacts } from '../extensions/decoder.ts'
import { noExtensions, readExtensions } from '../extensions/read-extensions.ts'
import type { Source } from '../message-context.ts'
import { showCipherSuite } from '../registry/cipher-suites.ts'
import { compressionMethods, showByte } from '../registry/parameters.ts'
import { showVersion, tls13Draft } from '../registry/versions.ts'
import type { MessageValue, ServerHello } from '../values.ts'
import { opaque } from '../vector.ts'
import { expectHeader } from './header.ts'

/** RFC 8446 4.1.3: SHA-256 of "HelloRetryRequest". */
export const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'

/** RFC 8446 4.1.3: the last eight bytes with which a server marks that it was made to speak less than it can. */
const sentinels: Readonly<Record<string, string>> = {
  '444f574e47524401': 'downgrade sentinel: the server can speak TLS 1.3',
  '444f574e47524400': 'downgrade sentinel: the server can speak more than TLS 1.1',
}

const showCompression = showByte(compressionMethods)

function showRandom(random: Uint8Array): string {
  const text = hex(random)
  const note = text === retryRandom ? 'HelloRetryRequest' : sentinels[text.slice(48)]
  return note === undefined ? text : `${text} (${note})`
}

/** True where the bytes of a ServerHello, header included, are a HelloRetryRequest. */
export const isRetry = (bytes: Uint8Array): boolean => bytes.length >= 38 && hex(bytes.subarray(6, 38)) === retryRandom

/** RFC 8446 4.1.3 and 4.1.4, RFC 5246 7.4.1.3: the body of a ServerHello or HelloRetryRequest. */
function readServerHelloBody(r: ByteReader, source: Source): ServerHello {
  const legacyVersion = r.u16('legacy_version', showVersion)
  const random = r.bytes(32, 'random', showRandom)
  if (isEarlyDraft(legacyVersion)) return readDraft(r, source, legacyVersion, random)
  const sessionId = opaque(r, 1, 'legacy_session_id_echo')
  const cipherSuite = r.u16('cipher_suite', showCipherSuite)
  const compressionMethod = r.u8('legacy_compression_method', showCompression)
  const retry = hex(random) === retryRandom
  const context = retry ? 'hello_retry_request' : 'server_hello'
  const { extensions, facts } = r.remaining > 0 ? readExtensions(r, source, context) : noExtensions
  r.end()
  return { legacyVersion, random, sessionId, cipherSuite, compressionMethod, extensions, retry, ...chosen(facts) }
}

/** Until draft 22 a ServerHello of TLS 1.3 had neither session id nor compression method, and its version in front. */
const isEarlyDraft = (version: number): boolean => (tls13Draft(version) ?? 22) < 22

function readDraft(r: ByteReader, source: Source, legacyVersion: number, random: Uint8Array): ServerHello {
  const retry = random.length === 0
  const from19 = (tls13Draft(legacyVersion) ?? 0) >= 19 // a retry named no suite before
  const cipherSuite = retry && !from19 ? 0 : r.u16('cipher_suite', showCipherSuite)
  const { extensions, facts } = readExtensions(r, source, retry ? 'hello_retry_request' : 'server_hello')
  r.end()
  const noSession = { sessionId: new Uint8Array(0), compressionMethod: 0 }
  return { legacyVersion, random, ...noSession, cipherSuite, extensions, retry, ...chosen(facts) }
}

/** HelloRetryRequest as a message of its own type, 6, until draft 22. */
export function draftRetry(r: ByteReader, source: Source): MessageValue {
  const hello = readDraft(r, source, r.u16('server_version', showVersion), new Uint8Array(0))
  return { name: 'hello_retry_request', hello }
}

function chosen({ alpn, selectedVersion, keyShare, selectedGroup, selectedPsk }: ExtensionFacts): Partial<ServerHello> {
  return {
    ...(selectedVersion !== undefined && { selectedVersion }),
    ...(keyShare && { keyShare }),
    ...(selectedGroup !== undefined && { selectedGroup }),
    ...(selectedPsk !== undefined && { selectedPsk }),
    ...(alpn?.[0] !== undefined && { alpn: alpn[0] }),
  }
}

export function serverHello(r: ByteReader, source: Source): MessageValue {
  const hello = readServerHelloBody(r, source)
  return { name: hello.retry ? 'hello_retry_request' : 'server_hello', hello }
}

/** A ServerHello or HelloRetryRequest from its bytes, header included. Throws MalformedError; an extension that is malformed is passed over. */
export function readServerHello(bytes: Uint8Array): ServerHello {
  const r = ByteReader.quiet(bytes, 'server_hello')
  expectHeader(r, 2)
  return readServerHelloBody(r, { bytes, context: { direction: 'to-client' }, problems: [] })
}
