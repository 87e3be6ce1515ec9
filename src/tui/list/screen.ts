import { basename } from 'node:path'
import type { Filter } from '../../filter/ast.ts'
import { actedSigns, actTexts } from '../../view/acts.ts'
import { counted, formatCount, formatSize } from '../../view/format.ts'
import { passThroughMayHelp } from '../../view/pass-through.ts'
import { printable } from '../../view/printable.ts'
import { briefRemedy } from '../../view/remedy.ts'
import { endText } from '../../view/text/http-lines.ts'
import { truncate } from '../../view/width.ts'
import { enterConnection } from '../connection/state.ts'
import { enterFlow } from '../flow/state.ts'
import { legend } from '../flow/timing.ts'
import { filterLegend, markLegend, signLegend } from '../help/screen.ts'
import { columnsOf, type Line, line, type Span, span, spread } from '../line.ts'
import type { FlowRow } from '../ports.ts'
import type { Screen } from '../screen.ts'
import { titleBar } from '../shell/title.ts'
import { isLive, type ListScreen, type State, type World } from '../state/state.ts'
import { listCommands } from './commands.ts'
import { listBody, listTitle } from './lines.ts'
import { hiddenFlows, listRoom, listView, moveBy, moveToEnd, searchList, selectedRow } from './state.ts'

/** Every flow, one a row. */
export const listScreen = {
  name: 'the list of flows',
  legend: [...filterLegend, ...signLegend, ...markLegend],
  commands: listCommands,
  room: () => listRoom,
  title: (_screen, state, world) => [titleBar(statusLine(state, world), world), listTitle(state, world)],
  body: listBody,
  info: (_screen, state, world) => listInfo(state, world),
  move: moveList,
  search(screen, text, direction, state, world) {
    const found = searchList(screen, listView(state, world), text, direction)
    return found && { screen: found.list, ...(found.wrapped && { notice: 'Search wrapped.' }) }
  },
  enter(_screen, state, world) {
    const row = selectedRow(state, world)
    if (!row) return state
    return row.kind === 'connection' ? enterConnection(state, row.connection) : enterFlow(state, row.id, world)
  },
  row: (_screen, state, world) => selectedRow(state, world),
  connection: (_screen, state, world) => selectedRow(state, world)?.connection,
  host: (_screen, state, world) => selectedRow(state, world)?.host,
} satisfies Screen<ListScreen>

function moveList(screen: ListScreen, by: number, state: State, world: World): ListScreen {
  const view = listView(state, world)
  return Number.isFinite(by) ? moveBy(screen, view, by) : moveToEnd(screen, view, by < 0 ? 'first' : 'last')
}

function statusLine(state: State, world: World): Line {
  const { source, status, columns } = world
  const { before, since } = hiddenFlows(state, world)
  const { flows, connections, failed, size } = source.counts()
  const parts: (readonly Span[])[] = [
    [span(' parley', 'bold')],
    ...(status.listen ? [[span(status.listen)]] : []),
    [status.recording ? span('● recording', 'good') : span('○ not recording', 'dim')],
    [span(`${before + since > 0 ? `${formatCount(flows - before - since)} of ` : ''}${counted(flows, 'flow')}`)],
    ...(columns >= 90 ? [[span(counted(connections, 'connection'))]] : []),
    ...(failed > 0 ? [[span(`${formatCount(failed)} failed`, 'bad')]] : []),
    ...holdsOf(world),
    ...(state.sort ? [[span(`by ${state.sort.by} ${state.sort.descending ? '↓' : '↑'}`, 'accent')]] : []),
    ...(state.paused !== undefined
      ? [[span(`paused, ${formatCount(since)} new`, 'warn')]]
      : state.follow
        ? [[span('following', 'accent')]]
        : []),
  ]
  const left = parts.flatMap((part, i) => (i === 0 ? part : [span('  '), ...part]))
  const name = line(span(`${printable(basename(status.capturePath))} `, 'dim'), span(`${formatSize(size)} `, 'dim'))
  return columnsOf(left) + columnsOf(name) + 2 <= columns ? spread(left, name, columns) : left
}

/** That a breakpoint is set, and what waits at it. */
function holdsOf({ status, columns }: World): readonly (readonly Span[])[] {
  const { filter = '', messages = [] } = status.holds ?? {}
  if (messages.length > 0) return [[span(`${formatCount(messages.length)} held: I`, 'warn')]]
  if (filter === '') return []
  return [[span(columns >= 100 ? `holds ${truncate(printable(filter), 24)}` : 'holds', 'warn')]]
}

/** Why the selected flow failed, in full, or how it ended and what acted on it; else what a person said of it, and what the filter lets through. */
function listInfo(state: State, world: World): readonly Line[] {
  const row = selectedRow(state, world)
  if (row?.note) return [line(span(` ✗ ${printable(row.note)}`, 'bad')), remedyOf(row, world)]
  const comment = row?.comment ? [line(span(' ; ', 'key'), span(printable(row.comment), 'warn'))] : []
  return [...(row ? [...endOf(row, world), ...actsOf(row, world)] : []), ...comment, ...filterInfo(state, world)]
}

function filterInfo({ filter: { text, filter }, waterfall }: State, world: World): readonly Line[] {
  if (text === '') return waterfall ? [legend] : []
  const fitting = `  ${countText(filter, world)}`
  return [line(span(' filter ', 'dim'), span(printable(text), 'accent'), span(fitting, 'dim'))]
}

function endOf({ id, state }: FlowRow, { source }: World): readonly Line[] {
  const ended = state === 'aborted' || state === 'cancelled' ? source.exchange(id)?.aborted : undefined
  if (!ended) return []
  const [sign, tone] = state === 'cancelled' ? (['⊘', 'warn'] as const) : (['✗', 'bad'] as const)
  return [line(span(` ${sign} ${endText(ended)}`, tone))]
}

/** What acted on the flow first. */
function actsOf({ id, acted }: FlowRow, { source }: World): readonly Line[] {
  const [first, ...more] = actTexts((acted && source.exchange(id)?.acts) ?? [])
  if (!acted || first === undefined) return []
  const others = more.length > 0 ? ` (and ${more.length} more)` : ''
  return [line(span(` ${actedSigns[acted]} `, 'key'), span(first + others, 'warn'))]
}

/** What is to be done; to pass a host through takes a proxy that runs. */
function remedyOf({ code = '', remedy }: FlowRow, world: World): Line {
  const brief = briefRemedy(code, remedy, world.status.command)
  const passable = isLive(world) && passThroughMayHelp(code)
  return line(
    span(brief === undefined ? '' : ` → ${printable(brief)}  `, 'accent'),
    span(passable ? ' P' : '', 'key'),
    span(passable ? ' pass this host through' : '', 'dim'),
  )
}

/** How many flows fit the filter. */
export function countText(filter: Filter | undefined, { source }: World): string {
  const fitting = source.count(filter)
  const fit = `${fitting === undefined ? 'over 10 000' : formatCount(fitting)} of ${formatCount(source.counts().flows)} flows`
  const searched = filter && source.searched(filter)
  return searched === undefined ? fit : `${fit} so far, ${Math.floor(searched * 100)}% searched`
}
