import type { Direction } from '../../../src/wire/direction.ts'
import { hex } from '../../../src/wire/reader.ts'
import { ja3 } from '../../../src/wire/tls/fingerprint.ts'
import type { Handshake, HandshakeMessage } from '../../../src/wire/tls/handshake.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'

/** One leg as two programs tell it, in words that can be compared. */
export interface Told {
  readonly records: readonly ToldRecord[]
  readonly messages: readonly ToldMessage[]
}

export interface ToldRecord {
  readonly direction: Direction
  readonly type: number
  readonly version: number
  readonly length: number
}

export interface ToldMessage {
  readonly direction: Direction
  /** `handshake 11`, `alert`, `change_cipher_spec` */
  readonly title: string
  /** Of the body. */
  readonly length: number
  /** Lists in wire order, numbers in decimal, bytes in hex; what a message lacks is absent. */
  readonly facts: Readonly<Record<string, string>>
}

/** What Parley's dissector tells. */
export const parleyTold = (handshake: Handshake): Told => ({
  records: handshake.records.map(({ direction, type, version, length }) => ({ direction, type, version, length })),
  messages: handshake.messages.map(message => ({
    direction: message.direction,
    title: titleOf(message.contentType, message.type),
    length: message.length,
    facts: present(factsOf(message)),
  })),
})

export const titleOf = (contentType: number, type: number | undefined): string =>
  contentType === 22 ? `handshake ${type}` : contentType === 21 ? 'alert' : 'change_cipher_spec'

type Facts = Readonly<Record<string, string | undefined>>

/** The 16-bit numbers of a list behind its length. */
const numbersIn = (data: Uint8Array): number[] =>
  Array.from({ length: (data.length - 2) >> 1 }, (_, i) => data[2 + i * 2]! * 256 + data[3 + i * 2]!)

const list = (numbers: readonly number[] | undefined): string => (numbers ?? []).join(' ')
const bytes = (value: Uint8Array | undefined): string => (value ? hex(value) : '')
const number = (value: number | undefined): string => (value === undefined ? '' : String(value))
const types = (extensions: readonly { readonly type: number }[]): string => list(extensions.map(({ type }) => type))
const present = (facts: Facts): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).filter((pair): pair is [string, string] => Boolean(pair[1])))

function factsOf({ value }: HandshakeMessage): Facts {
  switch (value.name) {
    case 'client_hello': {
      const { hello } = value
      return {
        'legacy version': number(hello.legacyVersion),
        random: bytes(hello.random),
        'session id': bytes(hello.sessionId),
        suites: list(hello.cipherSuites),
        versions: list(hello.supportedVersions),
        'key share groups': list(hello.keyShares?.map(({ group }) => group)),
        'server name': hello.serverName,
        extensions: types(hello.extensions),
        groups: list(hello.supportedGroups),
        alpn: hello.alpn?.join(' '),
        'signature algorithms': list(signatureAlgorithmsOf(hello)),
        ja3: ja3(hello).hash,
      }
    }
    case 'server_hello':
    case 'hello_retry_request': {
      const { hello } = value
      return {
        'legacy version': number(hello.legacyVersion),
        random: bytes(hello.random),
        'session id': bytes(hello.sessionId),
        suites: number(hello.cipherSuite),
        versions: number(hello.selectedVersion),
        'key share groups': number(hello.keyShare?.group),
        extensions: types(hello.extensions),
        alpn: hello.alpn,
      }
    }
    case 'encrypted_extensions':
      return {
        extensions: types(value.extensions.extensions),
        groups: list(
          value.extensions.extensions.filter(({ type }) => type === 10).flatMap(({ data }) => numbersIn(data)),
        ),
        alpn: value.extensions.alpn,
      }
    case 'certificate':
      return { certificates: value.certificate.certificates.map(bytes).join(' ') }
    case 'certificate_request':
      return { 'signature algorithms': list(value.request.signatureAlgorithms) }
    case 'certificate_verify':
      return {
        'signature algorithms': value.verify.algorithm === 0 ? '' : number(value.verify.algorithm),
        signature: bytes(value.verify.signature),
      }
    case 'server_key_exchange': {
      const { group, algorithm, publicKey, signature } = value.exchange
      return {
        'named curve': number(group),
        'signature algorithms': number(algorithm),
        'public key': bytes(publicKey),
        signature: bytes(signature),
      }
    }
    case 'client_key_exchange':
      return { 'public key': bytes(value.publicKey) }
    case 'new_session_ticket':
      return { lifetime: number(value.ticket.lifetime), ticket: bytes(value.ticket.ticket) }
    case 'alert':
      return { alert: `${value.alert.level} ${value.alert.description}` }
    default:
      return {}
  }
}

/** Of both extensions, in the order of the wire, as tshark lists them. */
const signatureAlgorithmsOf = ({ extensions, signatureAlgorithms, signatureAlgorithmsCert }: ClientHello): number[] =>
  extensions.flatMap(
    ({ type }) => (type === 13 ? signatureAlgorithms : type === 50 ? signatureAlgorithmsCert : []) ?? [],
  )
