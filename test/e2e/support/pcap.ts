import type { Direction } from '../../../src/wire/direction.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../../../src/wire/tls/capture.ts'

/** A leg as one TCP connection of a pcap file, from `port` to port 443. */
export interface PcapStream {
  readonly port: number
  readonly capture: LegCapture
}

export const serverPort = 443
const mostInSegment = 16_000 // IPv4 carries 65,535 bytes with its headers
const client = Buffer.from([127, 0, 0, 1])
const server = Buffer.from([127, 0, 0, 2])

/**
 * A pcap file (LINKTYPE_RAW) with the recorded bytes of each leg, from where its TLS starts, in TCP segments as they
 * came. Only the frames around them are made up, and the content of application data that was not kept. Throws where the
 * recording has a hole.
 */
export function writePcap(streams: readonly PcapStream[]): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(101, 20) // LINKTYPE_RAW
  return Buffer.concat([header, ...streams.flatMap(packetsOf)])
}

function packetsOf({ port, capture }: PcapStream): Buffer[] {
  const pieces = [...inOrder(capture, 'to-server'), ...inOrder(capture, 'to-client')].sort((a, b) => a.at - b.at)
  const sent = { 'to-server': 1, 'to-client': 1 }
  const first = pieces[0]?.at ?? 0
  const other = (direction: Direction): Direction => (direction === 'to-server' ? 'to-client' : 'to-server')
  const packet = (
    at: number,
    direction: Direction,
    flags: number,
    data: Uint8Array,
    seq: number,
    ack: number,
  ): Buffer => frame(at, ipv4(direction, tcp(port, direction, flags, seq, ack, data)))
  const nothing = new Uint8Array()
  const packets = [
    packet(first, 'to-server', syn, nothing, 0, 0),
    packet(first, 'to-client', syn | ackFlag, nothing, 0, 1),
    packet(first, 'to-server', ackFlag, nothing, 1, 1),
  ]
  for (const { at, direction, bytes } of pieces) {
    for (let from = 0; from < bytes.length; from += mostInSegment) {
      const data = bytes.subarray(from, from + mostInSegment)
      packets.push(packet(at, direction, ackFlag | push, data, sent[direction], sent[other(direction)]))
      sent[direction] += data.length
    }
  }
  for (const direction of ['to-server', 'to-client'] as const)
    packets.push(
      packet(pieces.at(-1)?.at ?? 0, direction, ackFlag | fin, nothing, sent[direction], sent[other(direction)]),
    )
  return packets
}

interface Piece extends WireChunk {
  readonly direction: Direction
}

/** An application data record of which only the header was kept: nobody can decrypt it, but its place is filled. */
function blank({ at, offset, type, version, length }: RecordHeader): WireChunk {
  const bytes = Buffer.alloc(recordHeaderLength + length)
  bytes[0] = type
  bytes.writeUInt16BE(version, 1)
  bytes.writeUInt16BE(length, 3)
  return { at, offset, bytes }
}

const recordHeaderLength = 5

/** The bytes of one direction from where its TLS starts. */
function inOrder({ chunks, headers, tlsStartsAt }: LegCapture, direction: Direction): Piece[] {
  let position = direction === 'to-server' ? tlsStartsAt.toServer : tlsStartsAt.toClient
  const pieces: Piece[] = []
  const known = [...chunks[direction], ...headers[direction].map(blank)].sort((a, b) => a.offset - b.offset)
  for (const { at, offset, bytes } of known) {
    if (offset + bytes.length <= position) continue
    if (offset > position) throw new Error(`${direction}: the recording has a hole from ${position} to ${offset}`)
    pieces.push({ at, offset: position, bytes: bytes.subarray(position - offset), direction })
    position = offset + bytes.length
  }
  return pieces
}

const fin = 1
const syn = 2
const push = 8
const ackFlag = 16

function tcp(port: number, direction: Direction, flags: number, seq: number, ack: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(20)
  header.writeUInt16BE(direction === 'to-server' ? port : serverPort, 0)
  header.writeUInt16BE(direction === 'to-server' ? serverPort : port, 2)
  header.writeUInt32BE(seq >>> 0, 4)
  header.writeUInt32BE(ack >>> 0, 8)
  header[12] = 5 << 4
  header[13] = flags
  header.writeUInt16BE(65_535, 14)
  return Buffer.concat([header, data])
}

function ipv4(direction: Direction, payload: Buffer): Buffer {
  const header = Buffer.alloc(20)
  header[0] = 0x45
  header.writeUInt16BE(20 + payload.length, 2)
  header[8] = 64
  header[9] = 6 // TCP
  ;(direction === 'to-server' ? client : server).copy(header, 12)
  ;(direction === 'to-server' ? server : client).copy(header, 16)
  return Buffer.concat([header, payload])
}

function frame(at: number, packet: Buffer): Buffer {
  const header = Buffer.alloc(16)
  header.writeUInt32LE(Math.floor(at / 1000), 0)
  header.writeUInt32LE(Math.floor((at % 1000) * 1000), 4)
  header.writeUInt32LE(packet.length, 8)
  header.writeUInt32LE(packet.length, 12)
  return Buffer.concat([header, packet])
}
