/** One end of a TCP connection. */
export interface PacketEnd {
  /** Four bytes, or sixteen; both ends alike. */
  readonly address: Uint8Array
  readonly port: number
}

/** RFC 9293 3.1 */
export const tcpFlag = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const

export interface Segment {
  readonly from: PacketEnd
  readonly to: PacketEnd
  /** Both modulo 2^32. */
  readonly sequence: number
  readonly acknowledged: number
  readonly flags: number
  readonly window: number
  /** TCP options, whole words. */
  readonly options?: Uint8Array
  readonly payload: Uint8Array
  /** Bytes of payload on the wire, where `payload` is only its beginning: then nobody can tell the checksum, and it is 0. */
  readonly length?: number
  /** IPv4's, to tell packets from copies. */
  readonly identification: number
}

const none = new Uint8Array()
const tcpProtocol = 6
const hops = 64

/** The bytes that a packet may have behind its IP and TCP headers. */
export const mostPayload = 65_000

/** An IPv4 or IPv6 packet with one TCP segment, its checksums right. */
export function writePacket(segment: Segment): Uint8Array {
  const tcp = writeTcp(segment)
  const { from, to, identification, payload, length = payload.length } = segment
  const missing = length - payload.length
  return Buffer.concat([
    from.address.length === 4
      ? ipv4Header(from.address, to.address, tcp.length + missing, identification)
      : ipv6Header(from.address, to.address, tcp.length + missing),
    tcp,
  ])
}

function writeTcp(segment: Segment): Uint8Array {
  const { from, to, sequence, acknowledged, flags, window, options = none, payload, length } = segment
  const tcp = Buffer.alloc(20 + options.length + payload.length)
  tcp.writeUInt16BE(from.port, 0)
  tcp.writeUInt16BE(to.port, 2)
  tcp.writeUInt32BE(sequence >>> 0, 4)
  tcp.writeUInt32BE(acknowledged >>> 0, 8)
  tcp[12] = (5 + options.length / 4) << 4
  tcp[13] = flags
  tcp.writeUInt16BE(window, 14)
  tcp.set(options, 20)
  tcp.set(payload, 20 + options.length)
  if (length === undefined || length === payload.length)
    tcp.writeUInt16BE(checksum(tcp, pseudoHeader(from.address, to.address, tcp.length)), 16)
  return tcp
}

/** RFC 9293 3.1, RFC 8200 8.1: in both the sum of these words is the same. */
function pseudoHeader(from: Uint8Array, to: Uint8Array, length: number): number {
  return sumOf(from) + sumOf(to) + tcpProtocol + (length >>> 16) + (length & 0xffff)
}

/** RFC 791 3.1. Not to be fragmented, as TCP sends. */
function ipv4Header(from: Uint8Array, to: Uint8Array, length: number, identification: number): Uint8Array {
  const header = Buffer.alloc(20)
  header[0] = 0x45
  header.writeUInt16BE(20 + length, 2)
  header.writeUInt16BE(identification & 0xffff, 4)
  header.writeUInt16BE(0x4000, 6)
  header[8] = hops
  header[9] = tcpProtocol
  header.set(from, 12)
  header.set(to, 16)
  header.writeUInt16BE(checksum(header, 0), 10)
  return header
}

/** RFC 8200 3 */
function ipv6Header(from: Uint8Array, to: Uint8Array, length: number): Uint8Array {
  const header = Buffer.alloc(40)
  header[0] = 0x60
  header.writeUInt16BE(length, 4)
  header[6] = tcpProtocol
  header[7] = hops
  header.set(from, 8)
  header.set(to, 24)
  return header
}

/** RFC 1071: the complement of the sum of all words in ones' complement. */
function checksum(bytes: Uint8Array, start: number): number {
  let sum = start + sumOf(bytes)
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000)
  return ~sum & 0xffff
}

/** Of 16 bit words; no packet is long enough that a double could not hold it. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0
  const even = bytes.length & ~1
  for (let i = 0; i < even; i += 2) sum += (bytes[i]! << 8) | bytes[i + 1]!
  return even === bytes.length ? sum : sum + (bytes[even]! << 8)
}
