import type { Direction } from '../../../src/wire/direction.ts'
import { cipherSuites } from '../../../src/wire/tls/registry/cipher-suites.ts'
import type { Watched } from './watched.ts'

/** A ClientHello on the wire. */
export interface SentHello {
  /** Of its first record. */
  readonly recordVersion: number
  /** With its four header bytes. */
  readonly message: Buffer
  /** The lengths of the records that bring it. */
  readonly cut: readonly number[]
}

interface Record {
  readonly type: number
  readonly version: number
  readonly content: Buffer
}

const [changeCipherSpec, alert, handshake] = [20, 21, 22]
const [clientHello, serverHello] = [1, 2]
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c' // RFC 8446 4.1.3

/** The ClientHellos that were sent: a second one only behind a HelloRetryRequest. */
export const hellosOf = (watched: Watched): readonly SentHello[] =>
  messages(watched, 'to-server').flatMap(({ message, version, cut }) =>
    message[0] === clientHello ? [{ recordVersion: version, message, cut }] : [],
  )

/** Whether the server asked for another hello. */
export const wasRetried = (watched: Watched): boolean =>
  messages(watched, 'to-client').some(
    ({ message }) => message[0] === serverHello && message.toString('hex', 6, 38) === retryRandom,
  )

/** What the first ServerHello or HelloRetryRequest says, in numbers: cipher suite, and in TLS 1.3 version and group. */
export function choiceOf(watched: Watched): string | undefined {
  const said = firstServerHello(watched)
  if (!said) return undefined
  const value = (wanted: number): string | undefined => {
    const found = said.extensions.find(({ type }) => type === wanted)
    return found && said.message.toString('hex', found.from, found.from + 2)
  }
  return [said.message.toString('hex', 4, 6), hex16(said.suite), value(43), value(keyShare)].join(' ')
}

/** Whether what is agreed puts the MAC inside the encryption: CBC without RFC 7366. */
export function putsMacInside(watched: Watched): boolean {
  const said = firstServerHello(watched)
  const isCbc = /_CBC_/.test(cipherSuites[said?.suite ?? 0] ?? '')
  return isCbc && !said?.extensions.some(({ type }) => type === encryptThenMac)
}

const [encryptThenMac, keyShare] = [22, 51]
const hex16 = (number: number): string => number.toString(16).padStart(4, '0')

function firstServerHello(watched: Watched) {
  const message = messages(watched, 'to-client').find(({ message }) => message[0] === serverHello)?.message
  if (!message) return undefined
  const at = 4 + 2 + 32 + 1 + message[38]!
  return { message, suite: message.readUInt16BE(at), extensions: extensionsFrom(message, at + 3) }
}

/** The number of the alert that was said in clear. */
export const alertOf = (watched: Watched, direction: Direction): number | undefined =>
  records(watched, direction).find(({ type, content }) => type === alert && content.length === 2)?.content[1]

interface Message {
  readonly message: Buffer
  readonly version: number
  readonly cut: readonly number[]
}

/** Handshake messages in clear: until records of another kind come, but for the compatibility ChangeCipherSpec. */
function messages(watched: Watched, direction: Direction): Message[] {
  const found: Message[] = []
  let [rest, version, cut] = [Buffer.alloc(0), 0, [] as number[]]
  for (const record of records(watched, direction)) {
    if (record.type === changeCipherSpec && direction === 'to-server' && found.length > 0) continue
    if (record.type !== handshake) break
    if (rest.length === 0) {
      version = record.version
      cut = []
    }
    cut.push(record.content.length)
    rest = Buffer.concat([rest, record.content])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUIntBE(1, 3)) {
      const end = 4 + rest.readUIntBE(1, 3)
      found.push({ message: rest.subarray(0, end), version, cut })
      rest = rest.subarray(end)
    }
  }
  return found
}

function records({ chunks }: Watched, direction: Direction): Record[] {
  const bytes = Buffer.concat(chunks[direction].map(({ bytes }) => bytes))
  const found: Record[] = []
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3)
    found.push({ type: bytes[at]!, version: bytes.readUInt16BE(at + 1), content: bytes.subarray(at + 5, end) })
    at = end
  }
  return found
}

/** An extension with its place in a message. */
interface Found {
  readonly type: number
  readonly from: number
  readonly to: number
}

/** Where the extensions of a ClientHello lie: RFC 8446 4.1.2, read without Parley's own reader. */
export function extensionsOf(message: Buffer): readonly Found[] {
  let at = 4 + 2 + 32
  at += 1 + message[at]! // session id
  at += 2 + message.readUInt16BE(at) // cipher suites
  at += 1 + message[at]! // compression methods
  return extensionsFrom(message, at)
}

/** `at` is where their length stands, or the end. */
function extensionsFrom(message: Buffer, from: number): readonly Found[] {
  const found: Found[] = []
  for (let at = from + 2; at + 4 <= message.length; ) {
    const to = at + 4 + message.readUInt16BE(at + 2)
    found.push({ type: message.readUInt16BE(at), from: at + 4, to })
    at = to
  }
  return found
}

const isGrease = (number: number): boolean => (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff)

/** A hello in hex, its random and the keys of its shares blank: what has to be the same whoever sends it. */
export function masked({ recordVersion, message, cut }: SentHello): string {
  const copy = Buffer.from(message)
  copy.fill(0, 6, 38)
  for (const { type, from, to } of extensionsOf(copy)) {
    if (type !== keyShare) continue
    for (let at = from + 2; at + 4 <= to; ) {
      const [group, length] = [copy.readUInt16BE(at), copy.readUInt16BE(at + 2)]
      if (!isGrease(group)) copy.fill(0, at + 4, at + 4 + length)
      at += 4 + length
    }
  }
  return `${recordVersion.toString(16)} ${cut.join('+')} ${copy.toString('hex')}`
}
