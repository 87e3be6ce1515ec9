import fc from 'fast-check'

export type Damage = (bytes: Buffer) => Buffer

/** The records of a flight, and at the end what is no whole record. */
export function recordsOf(flight: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let at = 0; at < flight.length; ) {
    const end = at + 5 <= flight.length ? at + 5 + flight.readUInt16BE(at + 3) : flight.length
    records.push(flight.subarray(at, end))
    at = end
  }
  return records
}

const random = fc.uint8Array({ maxLength: 40 }).map(bytes => Buffer.from(bytes))
const types = fc.constantFrom(20, 21, 22, 23, 24, 0, 255)
const position = fc.nat()

function spliced(bytes: Buffer, at: number, length: number, into: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([bytes.subarray(0, at), into, bytes.subarray(at + length)])
}

const oneByte =
  (edit: (byte: number) => number, at: number): Damage =>
  bytes => {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) copy[at % copy.length] = edit(copy[at % copy.length]!)
    return copy
  }

/** What happens to bytes, wherever in them. */
const toBytes: readonly fc.Arbitrary<Damage>[] = [
  fc.tuple(position, fc.nat(7)).map(([at, bit]) => oneByte(byte => byte ^ (1 << bit), at)),
  fc.tuple(position, fc.nat(255)).map(([at, value]) => oneByte(() => value, at)),
  fc.tuple(position, fc.constantFrom(-1, 1)).map(([at, more]) => oneByte(byte => byte + more, at)),
  position.map(
    (at): Damage =>
      bytes =>
        bytes.subarray(0, at % (bytes.length + 1)),
  ),
  fc.tuple(position, fc.integer({ min: 1, max: 60 })).map(
    ([at, n]): Damage =>
      bytes =>
        spliced(bytes, at % (bytes.length + 1), n),
  ),
  fc.tuple(position, random).map(
    ([at, put]): Damage =>
      bytes =>
        spliced(bytes, at % (bytes.length + 1), 0, put),
  ),
  fc.tuple(position, position, fc.nat(60)).map(
    ([from, to, n]): Damage =>
      bytes => {
        const start = from % (bytes.length + 1)
        return spliced(bytes, to % (bytes.length + 1), n, bytes.subarray(start, start + n))
      },
  ),
]

/** What happens to whole records. */
const toRecords: readonly fc.Arbitrary<Damage>[] = [
  fc.tuple(position, position).map(
    ([a, b]): Damage =>
      bytes => {
        const all = recordsOf(bytes)
        if (all.length === 0) return bytes
        const [from, to] = [a % all.length, b % all.length]
        ;[all[from], all[to]] = [all[to]!, all[from]!]
        return Buffer.concat(all)
      },
  ),
  fc.tuple(position, fc.boolean()).map(
    ([at, twice]): Damage =>
      bytes => {
        const all = recordsOf(bytes)
        const here = all[at % all.length]
        all.splice(at % (all.length || 1), twice ? 0 : 1, ...(twice && here ? [here] : []))
        return Buffer.concat(all)
      },
  ),
  fc.tuple(position, types, random).map(
    ([at, type, body]): Damage =>
      bytes => {
        const all = recordsOf(bytes)
        all.splice(at % (all.length + 1), 0, Buffer.concat([Buffer.of(type, 3, 3, 0, body.length), body]))
        return Buffer.concat(all)
      },
  ),
  position.map(
    (at): Damage =>
      bytes => {
        const all = recordsOf(bytes)
        all.splice(at % (all.length + 1), 0, Buffer.of(20, 3, 3, 0, 1, 1))
        return Buffer.concat(all)
      },
  ),
  fc.tuple(position, types).map(
    ([at, type]): Damage =>
      bytes => {
        const all = recordsOf(Buffer.from(bytes))
        const here = all[at % (all.length || 1)]
        if (here) here[0] = type
        return Buffer.concat(all)
      },
  ),
]

const several = (kinds: readonly fc.Arbitrary<Damage>[]): fc.Arbitrary<Damage> =>
  fc
    .array(fc.oneof(...kinds), { minLength: 1, maxLength: 3 })
    .map(all => bytes => all.reduce((damaged, damage) => damage(damaged), bytes))

export const damagedBytes = several(toBytes)
export const damagedRecords = several([...toBytes, ...toRecords])

/**
 * What of a flight is protected. TLS does not protect the second byte of the version that a clear record states, nor how
 * messages are cut into clear records; in TLS 1.3 a ChangeCipherSpec neither.
 */
export function protectedPart(flight: Buffer, tls13: boolean): Buffer {
  const parts: Buffer[] = []
  let clear: Buffer[] = []
  const flush = (): void => {
    if (clear.length > 0) parts.push(Buffer.of(22), ...clear)
    clear = []
  }
  for (const record of recordsOf(flight)) {
    const type = record[0]
    if (tls13 && record.equals(Buffer.of(20, 3, record[2] ?? 0, 0, 1, 1))) continue
    if (type === 22 && record[1] === 3 && record.length >= 5) {
      clear.push(record.subarray(5))
      continue
    }
    flush()
    const copy = Buffer.from(record)
    if (!tls13 && copy.length > 2) copy[2] = 0
    parts.push(copy)
  }
  flush()
  return Buffer.concat(parts)
}
