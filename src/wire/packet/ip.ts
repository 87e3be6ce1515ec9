import { u16 } from '../bytes.ts'
import { latin1 } from '../latin1.ts'

/** What an IP packet carries, or a fragment of it. Bytes are views of the packet. */
export interface IpPacket {
  readonly version: 4 | 6
  /** Both addresses as they stand, one character a byte. */
  readonly addresses: string
  /** 6: TCP */
  readonly protocol: number
  readonly payload: Uint8Array
  /** Of the payload on the wire: more than was captured, perhaps. */
  readonly length: number
  /** Absent where the packet is whole. */
  readonly fragment?: {
    readonly id: number
    /** Of its first byte in the whole payload. */
    readonly offset: number
    readonly last: boolean
  }
}

const [hopByHop, routing, fragmentHeader, authentication, destination, mobility] = [0, 43, 44, 51, 60, 135] as const
const [ipv4InIp, ipv6InIp] = [4, 41] as const
const mostHeaders = 16
const mostTunnels = 4

/** The packet that begins at `from`, out of tunnels of IP in IP; undefined where there is none that could be read. */
export function readIp(bytes: Uint8Array, from: number, depth = 0): IpPacket | undefined {
  const version = (bytes[from] ?? 0) >> 4
  const packet = version === 4 ? readIpv4(bytes, from) : version === 6 ? readIpv6(bytes, from) : undefined
  if (!packet || packet.fragment || (packet.protocol !== ipv4InIp && packet.protocol !== ipv6InIp)) return packet
  return depth < mostTunnels ? readIp(packet.payload, 0, depth + 1) : undefined
}

/** RFC 791 3.1 */
function readIpv4(bytes: Uint8Array, from: number): IpPacket | undefined {
  const have = bytes.length - from
  const header = (bytes[from]! & 15) * 4
  if (header < 20 || have < header) return undefined
  const total = u16(bytes, from + 2) || have // 0: the card cuts it into segments later
  if (total < header) return undefined
  const flags = u16(bytes, from + 6)
  const offset = (flags & 0x1fff) * 8
  const more = (flags & 0x2000) > 0
  return {
    version: 4,
    addresses: latin1(bytes, from + 12, from + 20),
    protocol: bytes[from + 9]!,
    payload: bytes.subarray(from + header, from + Math.min(total, have)),
    length: total - header,
    ...((more || offset > 0) && { fragment: { id: u16(bytes, from + 4), offset, last: !more } }),
  }
}

/** RFC 8200 3 and 4: extension headers, until one that is none. */
function readIpv6(bytes: Uint8Array, from: number): IpPacket | undefined {
  const have = bytes.length - from
  if (have < 40) return undefined
  const said = u16(bytes, from + 4)
  const end = from + 40 + (said || have - 40) // 0: a jumbogram, or as for IPv4
  let [protocol, at] = [bytes[from + 6]!, from + 40]
  let fragment: IpPacket['fragment']
  for (let i = 0; i < mostHeaders && isExtension(protocol) && !(fragment && fragment.offset > 0); i++) {
    if (at + 8 > Math.min(end, bytes.length)) return undefined
    if (protocol === fragmentHeader) {
      const word = u16(bytes, at + 2)
      const id = (u16(bytes, at + 4) << 16) | u16(bytes, at + 6)
      const whole = (word & 0xfff9) === 0 // an atomic fragment (RFC 6946)
      if (!whole) fragment = { id, offset: word & 0xfff8, last: (word & 1) === 0 }
    }
    const next = bytes[at]!
    at += lengthOf(protocol, bytes[at + 1]!)
    protocol = next
  }
  if (at > end) return undefined
  const addresses = latin1(bytes, from + 8, from + 40)
  const payload = bytes.subarray(Math.min(at, bytes.length), Math.min(end, bytes.length))
  return { version: 6, addresses, protocol, payload, length: end - at, ...(fragment && { fragment }) }
}

const extensions: ReadonlySet<number> = new Set([
  ...[hopByHop, routing, fragmentHeader, authentication, destination, mobility, 139, 140],
])
const isExtension = (protocol: number): boolean => extensions.has(protocol)

function lengthOf(protocol: number, said: number): number {
  if (protocol === fragmentHeader) return 8
  return protocol === authentication ? (said + 2) * 4 : (said + 1) * 8 // RFC 4302 2.2
}
