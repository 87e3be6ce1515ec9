import { addressOf } from '../packet/address.ts'
import { ItemCutter, type TakeItem } from '../pcap/item-cutter.ts'
import { mostPacketBytes, type PacketFileReader, type PacketSink } from '../pcap/packet.ts'
import { nameRecords, OrderedBytes } from './ordered-bytes.ts'
import { type Interface, readInterface, timeOf } from './read-interface.ts'

/** Block types (draft-ietf-opsawg-pcapng 11.1), and the one of files that may be read backwards or forwards. */
export const blockTypes = {
  ...{ section: 0x0a0d0d0a, interface: 1, packet: 2, simplePacket: 3, names: 4, enhancedPacket: 6, secrets: 10 },
} as const

const orderMagic = 0x1a2b3c4d
const least = 12 // type, length, length again
const sectionHead = 12
const tlsKeyLog = 0x544c534b
const mostInterfaces = 65_536
const mostName = 255

/**
 * Reads pcapng files: any number of sections in either byte order, and of interfaces, each with its clock. A block that is
 * not known is passed over, as the format asks. `only` of these types are read, where it is given.
 */
export class PcapngReader extends ItemCutter implements PacketFileReader {
  readonly #sink: PacketSink
  #little: boolean | undefined
  #interfaces: Interface[] = []
  /** Of the packet before: a Simple Packet Block has no time. */
  #at = 0

  constructor(sink: PacketSink) {
    super((bytes, from) => this.#take(bytes, from))
    this.#sink = sink
  }

  #take(bytes: Buffer, from: number): ReturnType<TakeItem> {
    if (bytes.length - from < sectionHead) return { needs: least }
    if (bytes.readUInt32BE(from) === blockTypes.section) this.#little = byteOrder(bytes, from + 8)
    const little = this.#little
    if (little === undefined) return 'no section of a pcapng file begins here'
    const length = little ? bytes.readUInt32LE(from + 4) : bytes.readUInt32BE(from + 4)
    if (length < least || length % 4 > 0) return `a block of ${length} bytes`
    if (bytes.length - from < length) return { needs: length }
    const end = little ? bytes.readUInt32LE(from + length - 4) : bytes.readUInt32BE(from + length - 4)
    if (end !== length) return `a block begins with a length of ${length} and ends with ${end}`
    const type = little ? bytes.readUInt32LE(from) : bytes.readUInt32BE(from)
    return this.#block(type, new OrderedBytes(bytes.subarray(from + 8, from + length - 4), little)) ?? { took: length }
  }

  /** A sentence where what follows makes no sense without it. */
  #block(type: number, body: OrderedBytes): string | undefined {
    switch (type) {
      case blockTypes.section:
        this.#interfaces = []
        return undefined
      case blockTypes.interface:
        if (this.#interfaces.length >= mostInterfaces) return `more than ${mostInterfaces} interfaces in a section`
        this.#interfaces.push(readInterface(body))
        return undefined
      case blockTypes.enhancedPacket:
        return this.#packet(body, body.u32(0), 20, body.u32(12), body.u32(16))
      case blockTypes.packet:
        return this.#packet(body, body.u16(0), 20, body.u32(12), body.u32(16))
      case blockTypes.simplePacket:
        return this.#simplePacket(body)
      case blockTypes.names:
        this.#names(body)
        return undefined
      case blockTypes.secrets:
        if (body.u32(0) === tlsKeyLog) this.#sink.keyLog?.(textOf(body.bytes.subarray(8, 8 + body.u32(4))))
        return undefined
      default:
        return undefined
    }
  }

  #packet(body: OrderedBytes, index: number, from: number, captured: number, length: number): string | undefined {
    const described = this.#interfaces[index]
    if (!described) return `a packet of interface ${index}, which no block describes`
    if (captured > mostPacketBytes || from + captured > body.length) return `a packet claims ${captured} bytes`
    this.#at = timeOf(described, body.u32(4), body.u32(8))
    this.#tell(described, body.bytes.subarray(from, from + captured), length)
    return undefined
  }

  #simplePacket(body: OrderedBytes): string | undefined {
    const described = this.#interfaces[0]
    if (!described) return 'a packet, and no block describes an interface'
    const length = body.u32(0)
    const captured = Math.min(length, described.snapLength || length, body.length - 4)
    this.#tell(described, body.bytes.subarray(4, 4 + captured), length)
    return undefined
  }

  #tell({ linkType }: Interface, bytes: Uint8Array, length: number): void {
    this.#sink.packet({ at: this.#at, linkType, bytes, length: Math.max(bytes.length, length) })
  }

  #names(body: OrderedBytes): void {
    for (const { type, at, length } of nameRecords(body)) {
      const size = type === 1 ? 4 : type === 2 ? 16 : 0
      if (size === 0 || length <= size) continue
      const [name = ''] = textOf(body.bytes.subarray(at + size, at + length)).split('\0', 1)
      if (name !== '' && name.length <= mostName) this.#sink.name?.(addressOf(body.bytes, at, size), name)
    }
  }
}

/** True for little; undefined where the magic is neither. */
function byteOrder(bytes: Buffer, at: number): boolean | undefined {
  if (bytes.readUInt32LE(at) === orderMagic) return true
  return bytes.readUInt32BE(at) === orderMagic ? false : undefined
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
