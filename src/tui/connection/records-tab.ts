import type { LegName } from '../../model/party.ts'
import { formatOffset } from '../../view/format.ts'
import { pad } from '../../view/width.ts'
import type { TlsRecord } from '../../wire/tls/handshake.ts'
import { type Line, line, span } from '../line.ts'
import type { ConnectionView } from '../ports.ts'

const mostRecords = 5000

const types: Readonly<Record<number, string>> = {
  20: 'change_cipher_spec',
  21: 'alert',
  22: 'handshake',
  23: 'application_data',
}

const longestType = '{application_data}'.length

/** The TLS records of both legs in order of time. */
export function recordsLines({ connection, handshakes }: ConnectionView): readonly Line[] {
  const of = (leg: LegName) => (handshakes[leg]?.records ?? []).map(record => ({ leg, record }))
  const all = [...of('client'), ...of('upstream')].sort((a, b) => a.record.at - b.record.at)
  if (all.length === 0) return [line(span('  no TLS records', 'dim'))]
  const head = span('      ms  leg       way            seq  length  record', 'dim')
  const more = all.length - mostRecords
  return [
    line(head),
    ...all.slice(0, mostRecords).map(({ leg, record }) => recordLine(leg, record, connection.openedAt)),
    ...(more > 0 ? [line(span(`  … ${more} more records`, 'dim'))] : []),
  ]
}

function recordLine(leg: LegName, record: TlsRecord, openedAt: number): Line {
  const { direction, at, offset, length, type, innerType, encrypted, opened, headerOnly } = record
  const way = direction === 'to-server' ? '→ server' : '← client'
  const name = (number: number): string => types[number] ?? `type ${number}`
  const state = headerOnly ? 'header only' : !encrypted ? 'in clear' : opened ? 'decrypted' : 'closed'
  const inside = innerType === undefined ? name(type) : `{${name(innerType)}}`
  return line(
    span(`${pad(formatOffset(at - openedAt), 8, 'left')}  `, 'dim'),
    span(`${pad(leg, 8)}  `, leg === 'client' ? 'accent' : 'good'),
    pad(way, 8),
    pad(String(offset + 1), 10, 'left'),
    pad(String(length + 5), 8, 'left'),
    `  ${pad(inside, longestType)}  `,
    span(state, 'dim'),
  )
}
