import { ItemCutter, type TakeItem } from './item-cutter.ts'
import { mostPacketBytes, type PacketFileReader, type PacketSink } from './packet.ts'

const fileHeader = 24
const packetHeader = 16
const packetHeaderModified = 24 // Alexey Kuznetsov's, with interface, protocol and type behind
const linkTypeBits = 0xffff // the rest says how long the frame check sequence is

interface Shape {
  readonly little: boolean
  /** Of the second part of a time, in a ms. */
  readonly unitsInMs: number
  readonly header: number
}

/** By the first four bytes, in the order of the file. */
const shapes: Readonly<Record<number, Omit<Shape, 'little'> | undefined>> = {
  2712847316: { unitsInMs: 1000, header: packetHeader }, // a1b2c3d4
  2712812621: { unitsInMs: 1_000_000, header: packetHeader }, // a1b23c4d
  2712849716: { unitsInMs: 1000, header: packetHeaderModified }, // a1b2cd34
}

/** What a pcap file's first four bytes say of it; undefined where it is none. */
export function pcapShape(first: Uint8Array): Shape | undefined {
  if (first.length < 4) return undefined
  const view = new DataView(first.buffer, first.byteOffset, 4)
  for (const little of [true, false]) {
    const shape = shapes[view.getUint32(0, little)]
    if (shape) return { ...shape, little }
  }
  return undefined
}

/** Reads pcap files: both byte orders, micro- and nanoseconds (draft-ietf-opsawg-pcap). */
export class PcapReader extends ItemCutter implements PacketFileReader {
  readonly #sink: PacketSink
  #shape: Shape | undefined
  #linkType = 0

  constructor(sink: PacketSink) {
    super((bytes, from) => this.#take(bytes, from))
    this.#sink = sink
  }

  #take(bytes: Buffer, from: number): ReturnType<TakeItem> {
    return this.#shape ? this.#packet(bytes, from, this.#shape) : this.#begin(bytes, from)
  }

  #begin(bytes: Buffer, from: number): ReturnType<TakeItem> {
    if (bytes.length - from < fileHeader) return { needs: fileHeader }
    this.#shape = pcapShape(bytes.subarray(from))
    if (!this.#shape) return 'this is no pcap file'
    this.#linkType = u32(bytes, from + 20, this.#shape.little) & linkTypeBits
    return { took: fileHeader }
  }

  #packet(bytes: Buffer, from: number, { little, header, unitsInMs }: Shape): ReturnType<TakeItem> {
    if (bytes.length - from < header) return { needs: header }
    const captured = u32(bytes, from + 8, little)
    if (captured > mostPacketBytes) return `a packet claims ${captured} bytes, more than ${mostPacketBytes}`
    if (bytes.length - from < header + captured) return { needs: header + captured }
    this.#sink.packet({
      at: u32(bytes, from, little) * 1000 + u32(bytes, from + 4, little) / unitsInMs,
      linkType: this.#linkType,
      bytes: bytes.subarray(from + header, from + header + captured),
      length: Math.max(captured, u32(bytes, from + 12, little)),
    })
    return { took: header + captured }
  }
}

const u32 = (bytes: Buffer, at: number, little: boolean): number =>
  little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
