import { counted, formatClock, formatDuration } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { pad } from '../../view/width.ts'
import { enterConnection } from '../connection/state.ts'
import { blank, type Line, line, prose, span } from '../line.ts'
import { deltaOf, legsOf } from '../list/columns.ts'
import type { ConnectionRow } from '../ports.ts'
import type { Screen } from '../screen.ts'
import { bodyRows } from '../shell/chrome.ts'
import { titleBar } from '../shell/title.ts'
import { findAtCursor, moveCursor, scrolledBody, type WithCursor } from '../state/scrolled.ts'
import { push, type State, type World } from '../state/state.ts'

/** The connections of a host, newest first. */
export interface ConnectionsScreen extends WithCursor {
  readonly kind: 'connections'
  /** In lower case, without port. */
  readonly host: string
}

export const enterConnections = (state: State, host: string): State =>
  push<ConnectionsScreen>(state, { kind: 'connections', host, cursor: 0, top: 0 })

export const connectionsScreen: Screen<ConnectionsScreen> = {
  name: 'the connections of a host',
  title: connectionsTitle,
  body: (screen, _state, world) =>
    scrolledBody(screen, linesOf(screen, world), bodyRows(world), { ...screen, columns: world.columns }),
  info: (screen, _state, world) => causeOf(selected(screen, world), world.columns),
  move: (screen, by, _state, world) => moveCursor(screen, by, linesOf(screen, world), bodyRows(world)),
  find: (screen, text, direction, start, world) =>
    findAtCursor(screen, linesOf(screen, world), text, direction, start, bodyRows(world)),
  enter(screen, state, world) {
    const row = selected(screen, world)
    return row ? enterConnection(state, row.id) : state
  },
  connection: (screen, _state, world) => selected(screen, world)?.id,
  host: ({ host }) => host,
}

const selected = ({ host, cursor }: ConnectionsScreen, { source }: World): ConnectionRow | undefined =>
  source.connections(host)[cursor]

function connectionsTitle({ host }: ConnectionsScreen, _state: State, world: World): readonly [Line, Line] {
  const rows = world.source.connections(host)
  const failed = rows.filter(({ problem }) => problem !== undefined).length
  const bar = line(
    span(' Connections of ', 'bold'),
    span(printable(host), 'bold'),
    `  ${counted(rows.length, 'connection')}, newest first`,
    span(failed > 0 ? `  ${failed} failed` : '', 'bad'),
  )
  const head = ['#', 'time', 'port', 'client │ server', 'Δ', 'lasted', 'requests']
  return [titleBar(bar, world), line(span(`   ${cells(head).join(' ')}`, 'dim'))]
}

const widths = [6, 8, 5, 17, 1, 7, 8]

const cells = (texts: readonly string[]): string[] =>
  texts.map((text, i) => pad(text, widths[i]!, i === 2 || i > 4 ? 'left' : 'right'))

function linesOf({ host }: ConnectionsScreen, { source }: World): readonly Line[] {
  const rows = source.connections(host)
  if (rows.length === 0) return [blank, line(span('  No connection of this host is in the capture.', 'dim'))]
  return rows.map(rowLine)
}

function rowLine(row: ConnectionRow): Line {
  const { id, openedAt, closedAt, port, exchanges, problem } = row
  const lasted = closedAt === undefined ? '…' : formatDuration(closedAt - openedAt)
  const delta = deltaOf(row)
  const [number, time, to, legs, mark, took, requests] = cells([
    ...[`c${id}`, formatClock(openedAt), port === undefined ? '' : String(port), legsOf(row), delta.text, lasted],
    String(exchanges),
  ])
  return line(
    span(`   ${number} ${time} `, 'dim'),
    `${to} ${legs} `,
    { ...delta, text: mark! },
    ` ${took} ${requests}  `,
    span(problem === undefined ? '' : `✗ ${printable(problem)}`, 'bad'),
  )
}

const causeOf = (row: ConnectionRow | undefined, columns: number): readonly Line[] =>
  row?.problem === undefined
    ? []
    : prose(printable(row.problem), columns - 4)
        .slice(0, 1)
        .map(text => line(span(` ✗ ${text}`, 'bad')))
