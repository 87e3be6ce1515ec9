import type { Direction } from '../../../../src/wire/direction.ts'
import type { LegCapture, RecordHeader, WireChunk } from '../../../../src/wire/tls/capture.ts'
import { readKeyLog } from '../../../../src/wire/tls/key-log.ts'
import { type SessionKeys, SessionOpener } from '../../../../src/wire/tls/stream/session-opener.ts'

/** Keys that are in one log. */
export const keysIn = (lines: readonly string[]): SessionKeys => ({
  linesFor: random =>
    readKeyLog(lines, random).secrets.size > 0 ? lines.filter(line => !line.startsWith('RSA ')) : [],
  linesForPreMaster: () => lines.filter(line => line.startsWith('RSA ')),
})

/** A session that tells what it opens as lines. */
export function telling(keys: SessionKeys, startsAt = { toServer: 0, toClient: 0 }) {
  const told: string[] = []
  const kept = { 'to-server': [] as WireChunk[], 'to-client': [] as WireChunk[] }
  const headers = { 'to-server': [] as RecordHeader[], 'to-client': [] as RecordHeader[] }
  const arrow = (direction: Direction) => (direction === 'to-server' ? '>' : '<')
  const opener = new SessionOpener(keys, startsAt, {
    record: (record, whole) => {
      if (!whole || !record.fragment) return void headers[record.direction].push(record)
      const header = Buffer.from([
        record.type,
        record.version >> 8,
        record.version & 255,
        record.length >> 8,
        record.length & 255,
      ])
      kept[record.direction].push({
        at: record.at,
        offset: record.offset,
        bytes: Buffer.concat([header, record.fragment]),
      })
    },
    keys: lines => void told.push(`${lines.length > 0 ? 'keys' : ''}`),
    hello: name => void told.push(`hello ${name}`),
    secured: (_at, { version, alpn }) => void told.push(`secured ${version?.toString(16)} ${alpn ?? 'no alpn'}`),
    content: (direction, _at, bytes) => void told.push(`${arrow(direction)} ${Buffer.from(bytes).toString()}`),
    missing: (direction, _at, length) => void told.push(`${arrow(direction)} ${length} missing`),
    alert: direction => void told.push(`${arrow(direction)} alert`),
  })
  return { opener, told, kept, headers }
}

/** The chunks of both directions, in the order of their times. */
export const inTime = ({ chunks }: LegCapture): readonly (WireChunk & { readonly direction: Direction })[] =>
  (['to-server', 'to-client'] as const)
    .flatMap(direction => chunks[direction].map(chunk => ({ ...chunk, direction })))
    .sort((a, b) => a.at - b.at)
