import type { Connection, Leg } from '../../model/connection.ts'
import type { LegName } from '../../model/party.ts'
import { formatDuration, formatOffset } from '../../view/format.ts'
import { pad } from '../../view/width.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import { blank, type Line, line, span, type Tone } from '../line.ts'
import type { ConnectionView } from '../ports.ts'
import { sequenceLines } from './sequence.ts'

/** A stretch of time. All in ms on the same clock. */
export interface Bar {
  readonly name: string
  readonly from: number
  /** Absent while it goes on. */
  readonly to?: number | undefined
  readonly tone: Tone
}

const nameColumns = 24
const numberColumns = 20

/** Bars on a common scale, each with its start and its length. */
export function barLines(bars: readonly Bar[], columns: number): readonly Line[] {
  const start = Math.min(...bars.map(({ from }) => from))
  const end = Math.max(...bars.map(({ from, to }) => to ?? from), start + 0.001)
  const room = Math.max(8, columns - nameColumns - numberColumns - 4)
  const column = (at: number): number => Math.round(((at - start) / (end - start)) * (room - 1))
  return bars.map(({ name, from, to, tone }) => {
    const [first, last] = [column(from), column(to ?? end)]
    const text =
      to === undefined
        ? `${formatOffset(from - start)} ms …`
        : `${formatOffset(from - start)} + ${formatDuration(to - from)}`
    return line(
      `  ${pad(name, nameColumns)}`,
      span(' '.repeat(first)),
      span((to === undefined ? '░' : '█').repeat(Math.max(1, last - first + 1)), tone),
      span(' '.repeat(Math.max(0, room - Math.max(last, first) - 1))),
      span(` ${pad(text, numberColumns, 'left')}`, 'dim'),
    )
  })
}

/** Both legs as a drawn sequence, and below it name, TCP and TLS of both on one scale. */
export function timelineLines({ connection, handshakes, table }: ConnectionView, columns: number): readonly Line[] {
  const bars = connectionBars(connection, handshakes)
  if (bars.length === 0 && table.rows.length === 0) return [line(span('  nothing was timed', 'dim'))]
  return [
    ...sequenceLines(table, columns),
    ...(bars.length > 0 ? [blank, line(span('  on one scale', 'dim')), ...barLines(bars, columns)] : []),
  ]
}

export function connectionBars(connection: Connection, handshakes: ConnectionView['handshakes']): readonly Bar[] {
  const { openedAt, client, upstream } = connection
  const lookup = upstream?.lookup
  return [
    ...(lookup && !lookup.literal
      ? [{ name: 'DNS', from: lookup.startedAt, to: lookup.endedAt, tone: 'accent' as const }]
      : []),
    ...(upstream?.dialledAt === undefined
      ? []
      : [
          {
            name: upstream.via ? 'TCP to a proxy' : 'TCP to the server',
            from: upstream.dialledAt,
            to: upstream.connectedAt,
            tone: 'warn' as const,
          },
        ]),
    ...(upstream?.tunnelledAt === undefined
      ? []
      : [
          {
            name: 'its tunnel',
            from: upstream.connectedAt ?? openedAt,
            to: upstream.tunnelledAt,
            tone: 'warn' as const,
          },
        ]),
    ...tlsBar('upstream', upstream, handshakes.upstream),
    ...tlsBar('client', client, handshakes.client),
    ...(client.secureAt === undefined
      ? []
      : [
          {
            name: 'open to both',
            from: Math.max(client.secureAt, upstream?.secureAt ?? 0),
            to: connection.closed?.at,
            tone: 'dim' as const,
          },
        ]),
  ].filter(({ from }) => from >= openedAt - 60_000)
}

function tlsBar(leg: LegName, told: Leg | undefined, handshake: Handshake | undefined): readonly Bar[] {
  const from = handshake?.messages[0]?.at
  if (from === undefined) return []
  const failed = handshake?.outcome === 'failed'
  const to = told?.secureAt ?? (failed ? handshake?.messages.at(-1)?.at : undefined)
  const name = leg === 'client' ? 'TLS with the client' : 'TLS with the server'
  return [{ name: failed ? `${name} ✗` : name, from, to, tone: failed ? 'bad' : 'good' }]
}
