import { latin1 } from '../latin1.ts'
import { ByteReader, MalformedError } from '../reader.ts'
import { nameBytes, readName } from './name.ts'

/** Where and how an HTTPS service is to be had, as its HTTPS record in DNS says (RFC 9460). */
export interface ServiceRecord {
  /** The lowest is to be tried first; 0: `target` is another name for all of it. */
  readonly priority: number
  /** Without its last dot; empty: the name itself. */
  readonly target: string
  /** Protocols by ALPN's names, such as `h3`. */
  readonly alpn?: readonly string[]
  readonly port?: number
  /** Set where there are keys to encrypt the ClientHello with (RFC 9848). */
  readonly ech?: true
}

export interface ServiceAnswer {
  readonly id: number
  /** RFC 1035 4.1.1; 0: no error. */
  readonly code: number
  /** More was to be said than a datagram holds. */
  readonly cut: boolean
  /** The first to be tried first. */
  readonly records: readonly ServiceRecord[]
}

const https = 65
const internet = 1
const options = 41 // OPT, RFC 6891 6.1.2
const longestDatagram = 1232 // bytes, which no network cuts
const mostRecords = 64
const key = { alpn: 1, port: 3, ech: 5 } // RFC 9460 14.3.2, RFC 9848 3

/** The question for the HTTPS records of a name, as one datagram. Throws MalformedError where DNS cannot hold the name. */
export function serviceQuestion(id: number, name: string): Uint8Array {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(0x0100, 2) // recursion is desired
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(1, 10)
  const question = Buffer.from([...nameBytes(name), 0, https, 0, internet])
  return Buffer.concat([
    head,
    question,
    Buffer.of(0, 0, options, longestDatagram >> 8, longestDatagram & 255, 0, 0, 0, 0, 0, 0),
  ])
}

/** What a resolver says to the question for a name. Throws MalformedError, and where it answers something else. */
export function readServiceAnswer(message: Uint8Array, name: string): ServiceAnswer {
  const reader = new ByteReader(message, 'DNS answer')
  const id = reader.u16('id')
  const flags = reader.u16('flags')
  const [questions, answers] = [reader.u16('questions'), reader.u16('answers')]
  reader.bytes(4, 'other counts')
  if ((flags & 0x8000) === 0 || questions !== 1) throw new MalformedError(2, 'an answer to no question')
  const asked = readName(reader, message)
  const type = reader.u16('type')
  reader.u16('class')
  if (type !== https || asked.toLowerCase() !== name.toLowerCase())
    throw new MalformedError(12, 'an answer to another question')
  const cut = (flags & 0x0200) !== 0
  const records = cut ? [] : readRecords(reader, message, Math.min(answers, mostRecords))
  return { id, code: flags & 15, cut, records: records.sort((a, b) => a.priority - b.priority) }
}

/** Of several kinds, such as CNAME before them, the HTTPS records. */
function readRecords(reader: ByteReader, message: Uint8Array, count: number): ServiceRecord[] {
  const found: ServiceRecord[] = []
  for (let left = count; left > 0; left--) {
    readName(reader, message)
    const type = reader.u16('type')
    reader.bytes(6, 'class and time to live')
    const data = reader.block(reader.u16('length'), 'data')
    if (type === https) found.push(readRecord(data))
  }
  return found
}

/** RFC 9460 2.2; the target is never compressed. */
function readRecord(data: ByteReader): ServiceRecord {
  const priority = data.u16('priority')
  const target = readName(data, new Uint8Array())
  const record: { -readonly [Key in keyof ServiceRecord]: ServiceRecord[Key] } = { priority, target }
  while (data.remaining > 0) {
    const kind = data.u16('key')
    const value = data.block(data.u16('value length'), 'value')
    if (kind === key.alpn) record.alpn = value.list(each => latin1(each.bytes(each.u8('length'), 'protocol')))
    if (kind === key.port) record.port = value.u16('port')
    if (kind === key.ech) record.ech = true
  }
  return record
}
