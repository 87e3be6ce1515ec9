import type { IpPacket } from './ip.ts'

interface Gathered {
  readonly pieces: { readonly offset: number; readonly bytes: Uint8Array; readonly length: number }[]
  readonly startedAt: number
  protocol: number
  bytes: number
  /** Of the whole payload, once the last fragment came. */
  total: number | undefined
}

const mostPackets = 1024
const mostPieces = 512 // the least that every link carries makes 120 of the longest packet
const patience = 60_000 // ms, as RFC 8200 4.5 has it
const mostBytes = 65_535

/** Puts the fragments of IP packets together (RFC 791 3.2, RFC 8200 4.5). What overlaps is taken from the fragment that came first. */
export class Fragments {
  readonly #gathered = new Map<string, Gathered>()

  /** The whole packet, if this fragment completes it. */
  push(packet: IpPacket, at: number): IpPacket | undefined {
    const { fragment, payload, length, addresses, version } = packet
    if (!fragment) return packet
    if (fragment.offset + length > mostBytes) return undefined
    const key = `${addresses}${fragment.id}${version === 4 ? `.${packet.protocol}` : ''}`
    const gathered = this.#of(key, at, packet.protocol)
    if (fragment.offset === 0) gathered.protocol = packet.protocol
    if (gathered.pieces.length >= mostPieces) return undefined
    gathered.pieces.push({ offset: fragment.offset, bytes: Uint8Array.from(payload), length })
    gathered.bytes += length
    if (fragment.last) gathered.total ??= fragment.offset + length
    const whole = gathered.total !== undefined && gathered.bytes >= gathered.total && joined(gathered, gathered.total)
    if (!whole) return undefined
    this.#gathered.delete(key)
    return { version, addresses, protocol: gathered.protocol, payload: whole, length: gathered.total! }
  }

  #of(key: string, at: number, protocol: number): Gathered {
    const known = this.#gathered.get(key)
    if (known && at - known.startedAt < patience) return known
    const made: Gathered = { pieces: [], startedAt: at, protocol, bytes: 0, total: undefined }
    this.#gathered.delete(key)
    this.#gathered.set(key, made)
    if (this.#gathered.size > mostPackets) this.#gathered.delete(this.#gathered.keys().next().value!)
    return made
  }
}

/** The payload; false while some of it is missing. What was not captured at the end of a fragment ends it. */
function joined({ pieces }: Gathered, total: number): Uint8Array | false {
  const whole = new Uint8Array(total)
  let filled = 0
  let captured = total
  for (const { offset, bytes, length } of pieces.toSorted((a, b) => a.offset - b.offset)) {
    if (offset > filled) return false
    const skip = filled - offset
    if (skip >= length) continue
    whole.set(bytes.subarray(Math.min(skip, bytes.length), Math.min(bytes.length, total - offset)), filled)
    if (bytes.length < length) captured = Math.min(captured, offset + bytes.length)
    filled = offset + length
  }
  return filled < total ? false : whole.subarray(0, captured)
}
