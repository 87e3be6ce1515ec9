import { u16, u32 } from '../bytes.ts'

/** Link types that carry IP (tcpdump.org/linktypes.html). */
export const linkTypes = {
  ...{ null: 0, ethernet: 1, ppp: 9, raw: 101, loop: 108, linuxCooked: 113, ipv4: 228, ipv6: 229, linuxCooked2: 276 },
} as const

const [ipv4, ipv6, pppoe, mpls] = [0x0800, 0x86dd, 0x8864, 0x8847] as const
/** 802.1Q, 802.1ad (QinQ) and what came before it. */
const vlans: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100, 0x9200])
const mostTags = 8
const mostLabels = 16

/** Where the IP packet begins in a frame of a link; undefined where it carries none. */
export function ipStart(linkType: number, frame: Uint8Array): number | undefined {
  switch (linkType) {
    case linkTypes.ethernet:
      return frame.length < 14 ? undefined : behindType(frame, 12)
    case linkTypes.linuxCooked:
      return frame.length < 16 ? undefined : behindType(frame, 14)
    case linkTypes.linuxCooked2:
      return frame.length < 20 ? undefined : tagged(frame, 0, 20)
    case linkTypes.null:
    case linkTypes.loop:
      return frame.length < 4 ? undefined : behindFamily(frame)
    case linkTypes.ppp:
      return behindPpp(frame, frame[0] === 0xff && frame[1] === 3 ? 2 : 0)
    case linkTypes.raw:
    case linkTypes.ipv4:
    case linkTypes.ipv6:
    case 12: // as some systems number raw IP
    case 14:
      return isIp(frame, 0)
    default:
      return undefined
  }
}

/** Behind an EtherType and the tags that it may begin. */
function behindType(frame: Uint8Array, typeAt: number): number | undefined {
  return tagged(frame, typeAt, typeAt + 2)
}

/** `typeAt` is where an EtherType stands, `at` where what it announces begins. */
function tagged(frame: Uint8Array, typeAt: number, at: number): number | undefined {
  let [type, from] = [u16(frame, typeAt), at]
  for (let tags = 0; vlans.has(type) && tags < mostTags; tags++) {
    if (from + 4 > frame.length) return undefined
    type = u16(frame, from + 2)
    from += 4
  }
  if (type === ipv4 || type === ipv6) return isIp(frame, from)
  if (type === pppoe) return behindPpp(frame, from + 6)
  return type === mpls ? behindLabels(frame, from) : undefined
}

/** A label whose bottom bit is set is the last (RFC 3032 2.1). */
function behindLabels(frame: Uint8Array, from: number): number | undefined {
  for (let i = 0; i < mostLabels && from + 4 * i + 4 <= frame.length; i++) {
    if ((frame[from + 4 * i + 2]! & 1) === 1) return isIp(frame, from + 4 * i + 4)
  }
  return undefined
}

/** RFC 1661 2: a protocol number of two bytes, or of one where its lowest bit is set. */
function behindPpp(frame: Uint8Array, at: number): number | undefined {
  if (at + 2 > frame.length) return undefined
  const short = (frame[at]! & 1) === 1
  const protocol = short ? frame[at]! : u16(frame, at)
  return protocol === 0x21 || protocol === 0x57 ? isIp(frame, at + (short ? 1 : 2)) : undefined
}

/** The number of a family is that of the system that captured, in its byte order: 2 for IPv4, others for IPv6. */
function behindFamily(frame: Uint8Array): number | undefined {
  const family = u32(frame, 0)
  const [low, high] = [family & 0xffff, family >>> 16]
  return low === 0 || high === 0 ? isIp(frame, 4) : undefined
}

const isIp = (frame: Uint8Array, at: number): number | undefined => {
  const version = (frame[at] ?? 0) >> 4
  return version === 4 || version === 6 ? at : undefined
}
