import type { Direction } from '../../src/wire/direction.ts'
import type { WireChunk } from '../../src/wire/tls/capture.ts'
import { ipv4, pcap, tcp } from '../wire/packet/make-packets.ts'

const segment = 1448

/** What passed between the two ends of a session, in the order of its times. */
export type SessionChunks = readonly (WireChunk & { readonly direction: Direction })[]

/** Packets of a session from that port, in segments of 1,448 bytes, as they follow the header of a pcap file of link type 101. */
export function sessionPackets(port: number, chunks: SessionChunks): Buffer {
  const seq = { 'to-server': 1, 'to-client': 1 }
  const packets: { readonly seconds: number; readonly fraction: number; readonly bytes: Uint8Array }[] = []
  const send = (direction: Direction, flags: string, data: Uint8Array): void => {
    const up = direction === 'to-server'
    const ack = seq[up ? 'to-client' : 'to-server']
    const parts = { from: up ? port : 443, to: up ? 443 : port, seq: seq[direction], ack, flags, data }
    const ends = up ? {} : { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] }
    packets.push({ seconds: 1_700_000_000 + port, fraction: packets.length, bytes: ipv4(tcp(parts), ends) })
    seq[direction] += data.length + (flags.includes('F') ? 1 : 0)
  }
  for (const { direction, bytes } of chunks)
    for (let from = 0; from < bytes.length; from += segment) send(direction, '', bytes.subarray(from, from + segment))
  for (const direction of ['to-client', 'to-server'] as const) send(direction, 'F', new Uint8Array())
  return pcap(packets, { linkType: 101 }).subarray(24)
}
