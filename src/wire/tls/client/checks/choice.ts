import { type RecordAlgorithm, recordAlgorithm } from '../../record-algorithm.ts'
import { RecordCipher } from '../../record-cipher.ts'
import { type CipherSuiteFacts, cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { isGrease } from '../../registry/names.ts'
import { tls10, tls11, tls12, tls13, tls13Draft } from '../../registry/versions.ts'
import type { ClientHello, ServerHello } from '../../values.ts'
import { versionsOf } from '../hello/resumption.ts'
import type { SentHello } from '../hello/sent-hello.ts'
import { extension } from '../protocol.ts'
import { fail, UnsupportedError } from '../tls-error.ts'
import { dataOf } from './echoes.ts'
import { same } from './same.ts'

const signals = [0x00ff, 0x5600] // RFC 5746 3.3, RFC 7507: they stand in a hello and are no suites
const spoken = [tls10, tls11, tls12, tls13]

/** RFC 8446 4.2.1: supported_versions can choose TLS 1.3 alone, and a HelloRetryRequest must. Throws TlsError. */
export function checkSelectedVersion({ selectedVersion, retry }: ServerHello, offer: ClientHello): void {
  if (selectedVersion === tls13) return
  if (selectedVersion === undefined) {
    if (retry) fail('missing-extension', 'a HelloRetryRequest without supported_versions')
    return
  }
  const name = `version ${selectedVersion.toString(16)} in supported_versions`
  const draft = tls13Draft(selectedVersion) !== undefined && offer.supportedVersions?.includes(selectedVersion)
  if (draft) throw new UnsupportedError(name)
  fail('illegal-parameter', name)
}

/** The version that the server chose. Throws TlsError where it was not offered, is too old, or was not free to choose. */
export function versionOf(hello: ServerHello, offer: ClientHello, oldest: number): number {
  const { selectedVersion, legacyVersion } = hello
  const version = selectedVersion ?? legacyVersion
  const versions = versionsOf(offer)
  const name = `version ${version.toString(16)}`
  if (!versions.includes(version) || (version === tls13 && selectedVersion === undefined))
    fail('protocol-version', `${name}, which was not offered`)
  if (!spoken.includes(version)) throw new UnsupportedError(name)
  if (version < oldest) fail('protocol-version', `${name}, which is older than allowed`, 'too-old')
  checkSentinel(hello.random, version, versions)
  return version
}

/** RFC 8446 4.1.3: the server's random tells if it was made to speak less than it can. */
function checkSentinel(random: Uint8Array, version: number, offered: readonly number[]): void {
  const end = Buffer.from(random.subarray(24)).toString('latin1')
  const from13 = end === 'DOWNGRD\x01' || end === 'DOWNGRD\x00'
  const downgraded =
    (version < tls13 && offered.includes(tls13) && from13) ||
    (version < tls12 && offered.some(newer => newer >= tls12) && end === 'DOWNGRD\x00')
  if (downgraded) fail('illegal-parameter', 'the server was made to speak less than it can', 'downgrade')
}

/** What the suite of a hello says. Throws TlsError where the hello must not choose it. */
export function suiteOf(hello: ServerHello, sent: SentHello, version: number): CipherSuiteFacts {
  const { cipherSuites } = sent.hello
  const facts = cipherSuiteFacts(hello.cipherSuite)
  const name = `suite ${hello.cipherSuite.toString(16)}`
  const real = !isGrease(hello.cipherSuite) && !signals.includes(hello.cipherSuite)
  if (!real || !cipherSuites.includes(hello.cipherSuite))
    return fail('illegal-parameter', `${name}, which was not offered`)
  if (!facts) throw new UnsupportedError(name)
  if ((facts.kx === 'tls13') !== (version === tls13)) fail('illegal-parameter', 'a suite of another version')
  if (version < tls12 && ['aead', 'sha256', 'sha384'].includes(facts.mac))
    fail('illegal-parameter', 'a suite of TLS 1.2')
  return facts
}

/** What a hello says beside that, of no use any more in TLS 1.3: RFC 8446 4.1.3. Throws TlsError. */
export function checkLegacyFields(hello: ServerHello, sent: SentHello, version: number): void {
  const { sessionId } = sent.hello
  if (hello.compressionMethod !== 0) fail('illegal-parameter', 'compression')
  const echoed = same(hello.sessionId, sessionId)
  if (version === tls13 && !echoed) fail('illegal-parameter', 'another session id')
  if (version === tls13 && hello.legacyVersion !== tls12) fail('illegal-parameter', 'another legacy_version')
  // It may be one that the client has with the server from a time without Parley: only they have its secret.
  if (version < tls13 && sessionId.length > 0 && echoed && sent.session?.version !== version)
    throw new UnsupportedError('a session of the client’s own', 'illegal-parameter')
}

/** How records are sealed. Throws UnsupportedError for what nobody here speaks, or not safely. */
export function algorithmOf(
  facts: CipherSuiteFacts,
  version: number,
  hello: ServerHello,
  allowMacThenEncrypt: boolean,
): RecordAlgorithm {
  const algorithm = recordAlgorithm(facts, version)
  const { kind, cipher } = algorithm
  if (kind === 'null' || kind === 'stream' || RecordCipher.unsupported(algorithm) !== undefined)
    throw new UnsupportedError(`cipher ${cipher}`)
  if (version === tls13) return algorithm
  if (!['ecdhe', 'dhe', 'rsa'].includes(facts.kx) || !['rsa', 'ecdsa'].includes(facts.auth))
    throw new UnsupportedError(`key exchange ${facts.kx} with ${facts.auth}`)
  if (kind === 'cbc' && !allowMacThenEncrypt && !dataOf(hello.extensions, extension.encryptThenMac))
    throw new UnsupportedError('CBC without encrypt_then_mac')
  return algorithm
}
