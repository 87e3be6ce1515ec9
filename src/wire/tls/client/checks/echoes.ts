import { u16 } from '../../../bytes.ts'
import { tls13 } from '../../registry/versions.ts'
import type { Extension, ServerHello } from '../../values.ts'
import type { SentHello } from '../hello/sent-hello.ts'
import { extension } from '../protocol.ts'
import { fail } from '../tls-error.ts'

const renegotiationScsv = 0x00ff // RFC 5746 3.3: stands for an empty renegotiation_info

const inServerHello: ReadonlySet<number> = new Set([
  extension.preSharedKey,
  extension.supportedVersions,
  extension.keyShare,
])
const inRetry: ReadonlySet<number> = new Set([
  extension.supportedVersions,
  extension.cookie,
  extension.keyShare,
  extension.encryptedClientHello,
])
/** RFC 8446 4.2: what a client offers and a server may not put into EncryptedExtensions. */
const notEncrypted: ReadonlySet<number> = new Set([
  extension.statusRequest,
  extension.ecPointFormats,
  extension.signatureAlgorithms,
  extension.statusRequestV2,
  extension.signedCertificateTimestamp,
  extension.padding,
  extension.encryptThenMac,
  extension.extendedMasterSecret,
  extension.compressCertificate,
  extension.delegatedCredential,
  extension.sessionTicket,
  extension.preSharedKey,
  extension.supportedVersions,
  extension.cookie,
  extension.pskModes,
  extension.certificateAuthorities,
  extension.postHandshakeAuth,
  extension.signatureAlgorithmsCert,
  extension.keyShare,
  extension.nextProtocolNegotiation,
  extension.renegotiationInfo,
])
/** What a ServerHello up to TLS 1.2 may not carry though the hello offers it. */
const notIn12: ReadonlySet<number> = new Set([
  extension.signatureAlgorithms,
  extension.padding,
  extension.compressCertificate,
  extension.delegatedCredential,
  extension.preSharedKey,
  extension.earlyData,
  extension.cookie,
  extension.pskModes,
  extension.certificateAuthorities,
  extension.postHandshakeAuth,
  extension.signatureAlgorithmsCert,
  extension.keyShare,
  extension.applicationSettingsOld,
  extension.applicationSettings,
  extension.encryptedClientHello,
])
const empty: ReadonlySet<number> = new Set([
  extension.serverName,
  extension.encryptThenMac,
  extension.extendedMasterSecret,
  extension.earlyData,
])
const emptyIn12: ReadonlySet<number> = new Set([extension.statusRequest, extension.sessionTicket])

/** RFC 8446 4.2: a server answers only what was asked (or `more`), and once. Throws TlsError. */
export function checkEchoes(sent: SentHello, extensions: readonly Extension[], more: readonly number[] = []): void {
  const asked = new Set([...sent.hello.extensions.map(({ type }) => type), ...more])
  if (sent.hello.cipherSuites.includes(renegotiationScsv)) asked.add(extension.renegotiationInfo)
  for (const { type } of extensions)
    if (!asked.has(type)) fail('unsupported-extension', `extension ${type}, which was not asked for`)
  checkOnce(extensions.map(({ type }) => type))
}

/** No extension twice in one message: RFC 8446 4.2. Throws TlsError. */
export function checkOnce(types: readonly number[]): void {
  const seen = new Set<number>()
  for (const type of types) {
    if (seen.has(type)) fail('illegal-parameter', `extension ${type} twice`)
    seen.add(type)
  }
}

/** What stands in a ServerHello or HelloRetryRequest and must not. Throws TlsError. */
export function checkHelloExtensions({ extensions, retry, selectedVersion }: ServerHello): void {
  for (const { type, data } of extensions) {
    if (selectedVersion === tls13 || retry) {
      if (!(retry ? inRetry : inServerHello).has(type)) fail('unsupported-extension', `extension ${type} in clear`)
    } else if (notIn12.has(type)) fail('unsupported-extension', `extension ${type}, which is one of TLS 1.3`)
    if ((empty.has(type) || (selectedVersion !== tls13 && emptyIn12.has(type))) && data.length > 0)
      fail('decode-error', `extension ${type} is not empty`)
  }
}

/** What stands in EncryptedExtensions and must not: RFC 8446 4.2. Throws TlsError. */
export function checkEncryptedExtensions(extensions: readonly Extension[]): void {
  for (const { type, data } of extensions) {
    if (notEncrypted.has(type)) fail('illegal-parameter', `extension ${type} in EncryptedExtensions`)
    if (empty.has(type) && data.length > 0) fail('decode-error', `extension ${type} is not empty`)
    if (type === extension.encryptedClientHello) checkRetryConfigs(data)
  }
}

/** RFC 6962 3.3: a list of at least one, each of at least one byte. Throws TlsError. */
export function checkTimestamps(extensions: readonly Extension[]): void {
  const data = dataOf(extensions, extension.signedCertificateTimestamp)
  if (!data) return
  let at = 2
  const whole = data.length > 4 && u16(data, 0) === data.length - 2
  while (whole && at + 2 < data.length && u16(data, at) > 0) at += 2 + u16(data, at)
  if (!whole || at !== data.length) fail('decode-error', 'signed certificate timestamps that are none')
}

/** RFC 9849 4: ECHConfigList. What answers a GREASE offer is read no further. */
function checkRetryConfigs(data: Uint8Array): void {
  const wrong = (): never => fail('decode-error', 'retry_configs that are no ECHConfigList')
  if (data.length < 6 || u16(data, 0) !== data.length - 2) wrong()
  let at = 2
  while (at < data.length) {
    if (data.length - at < 4) wrong()
    at += 4 + u16(data, at + 2)
  }
  if (at !== data.length) wrong()
}

/** A list of extensions with its length of two bytes at `at`, which a reader has found well-formed. */
export function extensionsIn(bytes: Uint8Array, at: number): Extension[] {
  const list: Extension[] = []
  const end = at + 2 + u16(bytes, at)
  for (let next = at + 2; next + 4 <= end; ) {
    const start = next
    next += 4 + u16(bytes, start + 2)
    list.push({ type: u16(bytes, start), data: bytes.subarray(start + 4, next), start })
  }
  return list
}

/** The types of the same. */
export const typesIn = (bytes: Uint8Array, at: number): number[] => extensionsIn(bytes, at).map(({ type }) => type)

/** The value of an extension, or undefined where it is not there. */
export const dataOf = (extensions: readonly Extension[], type: number): Uint8Array | undefined =>
  extensions.find(extension => extension.type === type)?.data

/** Whether a list of numbers of two bytes, behind a length of `width` bytes, has this one: as hellos offer schemes. */
export function lists(data: Uint8Array | undefined, width: 1 | 2, number: number): boolean {
  for (let at = width; data && at + 1 < data.length; at += 2) if (u16(data, at) === number) return true
  return false
}
