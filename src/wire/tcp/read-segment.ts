import { u16, u32 } from '../bytes.ts'

/** A TCP segment (RFC 9293 3.1). `payload` is a view of what was captured. */
export interface Segment {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: number
  readonly acknowledged: number | undefined
  readonly syn: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly payload: Uint8Array
  /** Of the payload on the wire. */
  readonly length: number
}

const [finBit, synBit, rstBit, ackBit] = [1, 2, 4, 16] as const
const leastHeader = 20

/** The segment in an IP payload of which `length` bytes passed; undefined where its header was not captured. */
export function readSegment(bytes: Uint8Array, length: number): Segment | undefined {
  if (bytes.length < leastHeader) return undefined
  const header = (bytes[12]! >> 4) * 4
  if (header < leastHeader || header > length) return undefined
  const flags = bytes[13]!
  return {
    sourcePort: u16(bytes, 0),
    destinationPort: u16(bytes, 2),
    sequence: u32(bytes, 4),
    acknowledged: flags & ackBit ? u32(bytes, 8) : undefined,
    syn: (flags & synBit) > 0,
    fin: (flags & finBit) > 0,
    rst: (flags & rstBit) > 0,
    payload: bytes.subarray(Math.min(header, bytes.length)),
    length: length - header,
  }
}
