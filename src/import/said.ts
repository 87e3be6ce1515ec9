import type { HarTold } from './har/import-har.ts'
import type { PacketsTold } from './import-packets.ts'

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`

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

/** What is to be known of a HAR file that was read: that it is cut, and what of it is not shown. */
export function harSaid(path: string, { entries, unread, whole }: HarTold): readonly string[] {
  return [
    ...(whole
      ? []
      : [`${path} ends before its list of entries does: ${many(entries, 'entry', 'entries')} before that`]),
    ...(unread > 0
      ? [`${path}: ${many(unread, 'entry', 'entries')} without a URL of HTTP, or that are no JSON or too long`]
      : []),
  ]
}
