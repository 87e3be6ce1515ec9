import type { PacketsTold } from './import-packets.ts'

const many = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`

/** What is to be known of a file of packets that was read: where it is damaged, and what of it is not shown. */
export function packetsSaid(path: string, { packets, unread, damage }: PacketsTold): readonly string[] {
  const { links, malformed } = unread
  return [
    ...(damage
      ? [`${path} can be read up to byte ${damage.offset}: ${damage.what}. ${many(packets, 'packet')} before that`]
      : []),
    ...(links > 0 ? [`${path}: ${many(links, 'packet')} of links or protocols without IP`] : []),
    ...(malformed > 0 ? [`${path}: ${many(malformed, 'packet')} whose headers were cut or make no sense`] : []),
  ]
}
