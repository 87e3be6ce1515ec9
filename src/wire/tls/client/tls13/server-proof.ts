import { u16, u24 } from '../../../bytes.ts'
import { signedInTls13 } from '../../checks/signature.ts'
import { type DelegatedCredential, delegatedCredentialIn } from '../../delegated-credential.ts'
import type { CertificateMessage } from '../../values.ts'
import { checkEchoes, checkTimestamps, dataOf, lists } from '../checks/echoes.ts'
import { chainOf, checkSigned, checkUsage, keyOf, schemesOf } from '../checks/signer.ts'
import type { ClientState } from '../client-state.ts'
import { longestMessage } from '../handshake-messages.ts'
import { extension, handshakeType, type Message, type Steps } from '../protocol.ts'
import { fail } from '../tls-error.ts'
import { type Delegate, delegatedTo } from './delegated-credential.ts'

const inEntries: ReadonlySet<number> = new Set([
  extension.statusRequest,
  extension.signedCertificateTimestamp,
  extension.delegatedCredential,
])

/** The server's Certificate and CertificateVerify: RFC 8446 4.4.2, 4.4.3. Returns the message that follows. Throws TlsError. */
export function* serverProof(
  client: ClientState,
  message: Message,
  rawKey: boolean,
  soFar: () => Uint8Array,
): Steps<Message> {
  const { agreed, sent } = client
  const certificate = readCertificate(client, message)
  const chain = chainOf(certificate, rawKey)
  agreed.chain = chain
  const delegate = delegateOf(client, certificate, rawKey)

  const next = yield
  const before = soFar()
  const { verify } = client.read(next, 'certificate_verify', handshakeType.certificateVerify)
  const over = [signedInTls13('to-client', before)]
  const { algorithm: scheme, signature } = verify
  checkUsage(chain, 'digitalSignature')
  // RFC 9345 4.1.3: a credential names the one scheme that its key signs with.
  if (delegate && scheme !== delegate.scheme)
    fail('illegal-parameter', 'another signature scheme than that of the credential')
  const key = delegate?.key ?? keyOf(chain)
  const offered = delegate ? [delegate.scheme] : schemesOf(sent.hello, agreed.version)
  checkSigned({ scheme, signature, over, key }, offered, agreed.version)
  agreed.scheme = scheme
  agreed.delegated = delegate !== undefined
  agreed.provedUntil = delegate?.until
  return yield
}

function readCertificate(client: ClientState, message: Message): CertificateMessage {
  const certificate =
    message.type === handshakeType.compressedCertificate
      ? decompressed(client, message)
      : client.read(message, 'certificate', handshakeType.certificate).certificate
  const { entryExtensions = [], certificates } = certificate
  if (entryExtensions.length > certificates.length) fail('bad-certificate', 'too many certificates')
  if (certificate.context && certificate.context.length > 0) fail('illegal-parameter', 'a certificate_request_context')
  for (const entry of entryExtensions) {
    checkEchoes(client.sent, entry) // RFC 8446 4.4.2: they answer the hello
    checkTimestamps(entry)
    for (const { type } of entry)
      if (!inEntries.has(type)) fail('unsupported-extension', `extension ${type} of a certificate`)
  }
  return certificate
}

/** RFC 8879 4 and 5. It may grow to no more than a message may have: to read a million bytes of entries takes 0.3 s. */
function decompressed(client: ClientState, message: Message): CertificateMessage {
  const name = 'compressed_certificate'
  const offered = dataOf(client.sent.hello.extensions, extension.compressCertificate)
  if (!offered) fail('unexpected-message', 'a compressed certificate that nobody asked for')
  if (message.bytes.length >= 6 && !lists(offered, 1, u16(message.bytes, 4)))
    fail('illegal-parameter', 'a certificate compression that was not offered')
  if (message.bytes.length >= 9 && u24(message.bytes, 6) > longestMessage)
    fail('bad-certificate', 'a compressed certificate of too many bytes')
  const { certificate } = client.read(message, name, handshakeType.compressedCertificate)
  return certificate ?? fail('bad-certificate', 'a compressed certificate that cannot be read')
}

function delegateOf(client: ClientState, certificate: CertificateMessage, rawKey: boolean): Delegate | undefined {
  const credential = credentialIn(certificate)
  if (!credential) return undefined
  if (rawKey) fail('illegal-parameter', 'a delegated credential of a bare key')
  return delegatedTo(credential, certificate.certificates[0]!, client.sent.hello, client.now)
}

function credentialIn(certificate: CertificateMessage): DelegatedCredential | undefined {
  try {
    return delegatedCredentialIn(certificate)
  } catch {
    return fail('decode-error', 'a delegated credential that cannot be read')
  }
}
