/** Packets made by hand, for tests of what reads them. Checksums are left out: nobody here looks at them. */

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
const u32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])

export interface TcpParts {
  readonly from: number
  readonly to: number
  readonly seq: number
  readonly ack?: number
  readonly flags?: string
  readonly data?: Uint8Array | string
  /** Bytes of options, a multiple of four. */
  readonly options?: Uint8Array
}

const bits: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8 }

export function tcp({ from, to, seq, ack, flags = '', data = '', options = new Uint8Array() }: TcpParts): Buffer {
  const bit = [...flags].reduce((sum, flag) => sum | bits[flag]!, ack === undefined ? 0 : 16)
  const offset = ((20 + options.length) / 4) << 4
  const head = [u16(from), u16(to), u32(seq), u32(ack ?? 0), Buffer.from([offset, bit]), u16(65_535), u32(0)]
  return Buffer.concat([...head, options, Buffer.from(data as string)])
}

export interface Ipv4Parts {
  readonly protocol?: number
  readonly source?: readonly number[]
  readonly destination?: readonly number[]
  readonly id?: number
  /** Of a fragment, in bytes, and whether more follow. */
  readonly offset?: number
  readonly more?: boolean
  readonly total?: number
}

export function ipv4(payload: Uint8Array, parts: Ipv4Parts = {}): Buffer {
  const { protocol = 6, source = [10, 0, 0, 1], destination = [10, 0, 0, 2], id = 0, offset = 0, more = false } = parts
  const total = parts.total ?? 20 + payload.length
  const head = [Buffer.from([0x45, 0]), u16(total), u16(id), u16((more ? 0x2000 : 0) | (offset / 8))]
  return Buffer.concat([...head, Buffer.from([64, protocol, 0, 0, ...source, ...destination]), payload])
}

/** `headers` are extension headers without their first byte, by their numbers. */
export function ipv6(
  payload: Uint8Array,
  headers: readonly (readonly [number, Uint8Array])[] = [],
  protocol = 6,
): Buffer {
  const numbers = [...headers.map(([number]) => number), protocol]
  const extensions = headers.map(([, rest], i) => Buffer.concat([Buffer.from([numbers[i + 1]!]), rest]))
  const body = Buffer.concat([...extensions, payload])
  const addresses = Buffer.concat([Buffer.alloc(15), Buffer.from([1]), Buffer.alloc(15), Buffer.from([2])])
  return Buffer.concat([u32(0x60000000), u16(body.length), Buffer.from([numbers[0]!, 64]), addresses, body])
}

export const ethernet = (type: number, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.alloc(12), u16(type), payload])

const ordered = (little: boolean) => ({
  u16: (value: number) => (little ? Buffer.from(u16(value)).reverse() : u16(value)),
  u32: (value: number) => (little ? Buffer.from(u32(value)).reverse() : u32(value)),
})

export interface PcapParts {
  readonly little?: boolean
  readonly nano?: boolean
  readonly linkType?: number
}

/** A pcap file; times are whole seconds and a fraction in its own unit. */
export function pcap(
  packets: readonly {
    readonly seconds: number
    readonly fraction: number
    readonly bytes: Uint8Array
    readonly length?: number
  }[],
  { little = true, nano = false, linkType = 1 }: PcapParts = {},
): Buffer {
  const order = ordered(little)
  const magic = nano ? 0xa1b23c4d : 0xa1b2c3d4
  const head = [order.u32(magic), order.u16(2), order.u16(4), order.u32(0), order.u32(0), order.u32(65_535)]
  const each = packets.flatMap(({ seconds, fraction, bytes, length = bytes.length }) => [
    ...[seconds, fraction, bytes.length, length].map(order.u32),
    bytes,
  ])
  return Buffer.concat([...head, order.u32(linkType), ...each])
}

const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

/** Blocks of a pcapng file in one byte order. */
export function pcapngBlocks(little = true) {
  const { u16: n16, u32: n32 } = ordered(little)
  const block = (type: number, ...parts: readonly Uint8Array[]): Buffer => {
    const body = padded(Buffer.concat(parts))
    const length = n32(body.length + 12)
    return Buffer.concat([n32(type), length, body, length])
  }
  const option = (code: number, value: Uint8Array): Buffer =>
    Buffer.concat([n16(code), n16(value.length), padded(value)])
  return {
    block,
    section: () => block(0x0a0d0d0a, n32(0x1a2b3c4d), n16(1), n16(0), Buffer.alloc(8, 255)),
    interface: (linkType: number, options: Readonly<Record<number, Uint8Array>> = {}, snapLength = 0) => {
      const all = Object.entries(options).map(([code, value]) => option(Number(code), value))
      return block(1, n16(linkType), n16(0), n32(snapLength), ...all, n32(0))
    },
    enhanced: (index: number, ticks: bigint, bytes: Uint8Array, length = bytes.length) => {
      const [high, low] = [Number(ticks >> 32n), Number(ticks & 0xffffffffn)]
      return block(6, ...[index, high, low, bytes.length, length].map(n32), bytes)
    },
    old: (index: number, ticks: bigint, bytes: Uint8Array) => {
      const [high, low] = [Number(ticks >> 32n), Number(ticks & 0xffffffffn)]
      return block(2, n16(index), n16(0), ...[high, low, bytes.length, bytes.length].map(n32), bytes)
    },
    simple: (bytes: Uint8Array, length = bytes.length) => block(3, n32(length), bytes),
    secrets: (text: string, type = 0x544c534b) => block(10, n32(type), n32(text.length), Buffer.from(text)),
    names: (records: readonly (readonly [number, Uint8Array])[]) =>
      block(4, ...records.map(([type, value]) => option(type, value)), n32(0)),
  }
}
