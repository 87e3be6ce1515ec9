import { latin1 } from '../../../latin1.ts'
import type { Extension } from '../../values.ts'
import { agreeOnProtocol } from '../checks/application-protocol.ts'
import { checkEchoes, checkEncryptedExtensions, dataOf } from '../checks/echoes.ts'
import { agreeOnLimits } from '../checks/limits.ts'
import type { ClientState } from '../client-state.ts'
import { extension, handshakeType, type Message } from '../protocol.ts'
import { fail, UnsupportedError } from '../tls-error.ts'

/** What EncryptedExtensions says besides what both sides agree on. */
export interface Told {
  readonly earlyData: boolean
  /** The server shows a bare key: RFC 7250. */
  readonly rawKey: boolean
  /** The server takes a certificate of ours, and not a bare key. */
  readonly takesCertificate: boolean
  /** The ALPS extension that the server answers; then it waits for ours. */
  readonly settings: number | undefined
}

const x509 = 0
const rawPublicKey = 2

/** EncryptedExtensions: RFC 8446 4.3.1. Throws TlsError. */
export function readEncryptedExtensions(client: ClientState, message: Message): Told {
  const { extensions } = client.read(message, 'encrypted_extensions', handshakeType.encryptedExtensions)
  const list = extensions.extensions
  checkEchoes(client.sent, list)
  checkEncryptedExtensions(list)
  if (dataOf(list, extension.channelId)) throw new UnsupportedError('Channel ID')
  agreeOnProtocol(client, list)
  agreeOnLimits(client, list)
  return {
    earlyData: extensions.earlyData,
    rawKey: typeOf(client, list, extension.serverCertificateType) === rawPublicKey,
    takesCertificate: typeOf(client, list, extension.clientCertificateType) === x509,
    settings: settingsOf(client, list),
  }
}

/** RFC 7250 4.2: one of the types that the hello lists. */
function typeOf({ sent }: ClientState, list: readonly Extension[], type: number): number {
  const chosen = dataOf(list, type)
  if (!chosen) return x509
  if (chosen.length !== 1) fail('decode-error', 'a certificate type that is none')
  const offered = dataOf(sent.hello.extensions, type)?.subarray(1)
  if (!offered?.includes(chosen[0]!)) fail('illegal-parameter', 'a certificate type that was not offered')
  if (chosen[0] !== x509 && chosen[0] !== rawPublicKey) throw new UnsupportedError(`certificate type ${chosen[0]}`)
  return chosen[0]!
}

/** draft-vvv-tls-alps 4: settings belong to an application protocol, and do not go with early data. */
function settingsOf({ agreed, sent }: ClientState, list: readonly Extension[]): number | undefined {
  const found = list.filter(
    ({ type }) => type === extension.applicationSettings || type === extension.applicationSettingsOld,
  )
  if (found.length === 0) return undefined
  if (found.length > 1) fail('illegal-parameter', 'application settings twice')
  if (agreed.alpn === undefined) fail('illegal-parameter', 'application settings of no protocol')
  if (dataOf(list, extension.earlyData)) fail('illegal-parameter', 'application settings with early data')
  const { type } = found[0]!
  const offered = dataOf(sent.hello.extensions, type)
  if (!offered || !namesIn(offered).includes(agreed.alpn!))
    fail('illegal-parameter', 'application settings of a protocol that was not asked for')
  return type
}

/** ProtocolName list<2..2^16-1>, as the hello has it: RFC 7301 3.1. */
function namesIn(data: Uint8Array): string[] {
  const names: string[] = []
  for (let at = 2; at < data.length; at += 1 + data[at]!) names.push(latin1(data.subarray(at + 1, at + 1 + data[at]!)))
  return names
}
