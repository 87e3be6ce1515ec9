import type { PacketFileReader, PacketSink } from '../../../src/wire/pcap/packet.ts'

/** What a reader of packets tells, as lines; for everySplit as well. */
export function telling(make: (sink: PacketSink) => PacketFileReader) {
  const told: string[] = []
  const reader = make({
    packet: ({ at, linkType, bytes, length }) =>
      void told.push(`${at} ${linkType} ${Buffer.from(bytes).toString('latin1')} ${length}`),
    keyLog: text => void told.push(`keys ${text}`),
    name: (address, name) => void told.push(`${address} is ${name}`),
  })
  return {
    push: (bytes: Uint8Array) => reader.push(bytes),
    answer: () => {
      reader.end()
      const { damage } = reader
      return damage ? [...told, `damaged at ${damage.offset}: ${damage.what}`] : told
    },
  }
}

export function toldOf(file: Uint8Array, make: (sink: PacketSink) => PacketFileReader): readonly string[] {
  const { push, answer } = telling(make)
  push(file)
  return answer()
}
