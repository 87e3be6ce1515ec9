import { readClientHello } from '../../messages/client-hello.ts'
import { handshake as framed, list8, list16, u16 } from '../framing.ts'
import { extension } from '../protocol.ts'

/** What a renegotiation is bound to: RFC 5746 3.1. */
export interface Renegotiation {
  /** The verify_data of both Finished before it. */
  readonly client: Uint8Array
  readonly server: Uint8Array
  /** DER */
  readonly leaf: Uint8Array
}

const renegotiationScsv = 0x00ff
/** What is settled for the connection, or belongs to TLS 1.3. */
const settled: ReadonlySet<number> = new Set([
  extension.alpn,
  extension.compressCertificate,
  extension.delegatedCredential,
  extension.preSharedKey,
  extension.earlyData,
  extension.supportedVersions,
  extension.cookie,
  extension.pskModes,
  extension.postHandshakeAuth,
  extension.keyShare,
  extension.nextProtocolNegotiation,
  extension.applicationSettings,
  extension.applicationSettingsOld,
  extension.encryptedClientHello,
  extension.renegotiationInfo,
])

/** The hello that renegotiates, made of the one that opened the connection: RFC 5746 3.5. A template still. */
export function renegotiationHello(opened: Uint8Array, { client }: Pick<Renegotiation, 'client'>): Buffer {
  const hello = readClientHello(opened)
  const suites = hello.cipherSuites.filter(suite => suite !== renegotiationScsv)
  const kept = hello.extensions.filter(({ type }) => !settled.has(type))
  const info = { type: extension.renegotiationInfo, data: list8(client) }
  const extensions = [info, ...kept].map(({ type, data }) => Buffer.concat([u16(type), list16(data)]))
  return framed(
    1,
    Buffer.concat([
      u16(hello.legacyVersion),
      hello.random,
      list8(Buffer.alloc(0)), // no session
      list16(Buffer.concat(suites.map(u16))),
      list8(Buffer.from(hello.compressionMethods)),
      list16(Buffer.concat(extensions)),
    ]),
  )
}
