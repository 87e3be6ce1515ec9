import { type OrderedBytes, optionsFrom } from './ordered-bytes.ts'

/** What an Interface Description Block says (draft-ietf-opsawg-pcapng 4.2). */
export interface Interface {
  readonly linkType: number
  /** Bytes captured of a packet at most; 0: all. */
  readonly snapLength: number
  /** Units of its times in a ms. */
  readonly unitsInMs: number
  /** Added to its times, in ms. */
  readonly offset: number
}

const fixed = 8
const resolution = 9
const timeOffset = 14
const mostDigits = 18 // finer than any clock; the formula allows 10^-127

export function readInterface(body: OrderedBytes): Interface {
  const options = optionsFrom(body, fixed)
  const resolutionAt = options.get(resolution)
  const offsetAt = options.get(timeOffset)
  return {
    linkType: body.u16(0),
    snapLength: body.u32(4),
    unitsInMs: resolutionAt?.length === 1 ? unitsInMs(body.bytes[resolutionAt.at]!) : 1000,
    offset: offsetAt?.length === 8 ? Number(BigInt.asIntN(64, body.u64(offsetAt.at))) * 1000 : 0,
  }
}

/** The highest bit chooses between powers of 10 and of 2. */
function unitsInMs(code: number): number {
  const power = Math.min(code & 127, code > 127 ? 60 : mostDigits)
  return (code > 127 ? 2 : 10) ** power / 1000
}

/** A time of 64 bits in ms since the epoch; a quarter of a microsecond is lost to the number's own precision. */
export const timeOf = ({ unitsInMs, offset }: Interface, high: number, low: number): number =>
  (high * 2 ** 32) / unitsInMs + low / unitsInMs + offset
