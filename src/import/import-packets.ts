import type { Damage, PacketFileReader, PacketSink } from '../wire/pcap/packet.ts'
import { PcapReader } from '../wire/pcap/pcap-reader.ts'
import { PcapngReader } from '../wire/pcapng/pcapng-reader.ts'
import type { Door } from './packets/connection-door.ts'
import { Conversations, type Unread } from './packets/conversations.ts'
import type { KeyLines } from './packets/key-lines.ts'

/** The two formats of packets. */
export type PacketKind = 'pcap' | 'pcapng'

/** What came of a file of packets. */
export interface PacketsTold {
  readonly packets: number
  readonly unread: Unread
  readonly damage: Damage | undefined
}

export const packetReader = (kind: PacketKind, sink: PacketSink): PacketFileReader =>
  kind === 'pcap' ? new PcapReader(sink) : new PcapngReader(sink)

/**
 * Reads the packets of a file into the recorder, and opens what the keys open. Stops after each piece of the file, so that
 * somebody else can do his work. Never throws on what the bytes are; a file that is cut gives what is before the cut.
 */
export async function* importPackets(
  kind: PacketKind,
  pieces: AsyncIterable<Uint8Array>,
  door: Door,
  keys: KeyLines,
): AsyncGenerator<number, PacketsTold> {
  let packets = 0
  const conversations = new Conversations(door, keys)
  const reader = packetReader(kind, {
    packet: packet => {
      packets++
      conversations.packet(packet)
    },
    keyLog: text => keys.add(text),
    name: (address, name) => conversations.name(address, name),
  })
  for await (const piece of pieces) {
    reader.push(piece)
    yield piece.length
    if (reader.damage) break
  }
  reader.end()
  conversations.end()
  return { packets, unread: conversations.unread, damage: reader.damage }
}

/** The key logs within a file of packets, which may stand behind what they open. */
export async function findKeys(kind: PacketKind, pieces: AsyncIterable<Uint8Array>, keys: KeyLines): Promise<void> {
  if (kind === 'pcap') return
  const reader = packetReader(kind, { packet() {}, keyLog: text => keys.add(text) })
  for await (const piece of pieces) {
    reader.push(piece)
    if (reader.damage) return
  }
}
