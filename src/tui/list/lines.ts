import type { Filter } from '../../filter/ast.ts'
import { counted } from '../../view/format.ts'
import { printable } from '../../view/printable.ts'
import { barSpans, scaleOf, timingOf } from '../flow/timing.ts'
import { blank, type Line, line, over, span } from '../line.ts'
import type { FlowRow } from '../ports.ts'
import type { ListScreen, State, World } from '../state/state.ts'
import { chooseColumns, chooseWaterfall, headLine, rowLine } from './columns.ts'
import { hintLines, welcomeLines } from './offers.ts'
import { hiddenFlows, listView, visibleRows } from './state.ts'

export function listTitle({ waterfall }: State, { columns }: World): Line {
  return headLine(waterfall ? chooseWaterfall(columns) : chooseColumns(columns))
}

/** The rows on screen, or what to do where there are none. */
export function listBody(screen: ListScreen, state: State, world: World): readonly Line[] {
  if (state.welcome) return welcomeLines(state.welcome, world)
  const rows = visibleRows(screen, listView(state, world))
  if (rows.length === 0) return nothing(state, world)
  const wide = state.waterfall ? chooseWaterfall(world.columns) : undefined
  const layout = wide ?? chooseColumns(world.columns)
  const bars = wide && barsOf(rows, wide.bar, world)
  return rows.map((row, i) => {
    const selected = row.id === screen.selected
    const drawn = [
      ...rowLine(row, layout, { marked: row.marked === true, selected, command: world.status.command }),
      ...(bars?.[i] ?? []),
    ]
    return selected ? over(drawn, 'selected') : drawn
  })
}

/** The flows on the screen on one scale. */
function barsOf(rows: readonly FlowRow[], columns: number, { source }: World): readonly Line[] {
  const timings = rows.map(({ kind, id }) => {
    const exchange = kind === 'exchange' ? source.exchange(id) : undefined
    return exchange && timingOf(source, exchange)
  })
  const scale = scaleOf(timings.filter(timing => timing !== undefined))
  return timings.map(timing => (timing ? barSpans(timing, scale, columns) : []))
}

/** Why the list is empty, and what brings flows into it. */
function nothing(state: State, world: World): readonly Line[] {
  const { filter } = state.filter
  const { before, since } = hiddenFlows(state, world)
  const hidden = [
    ...(before > 0 ? [`  The list was cleared of ${counted(before, 'flow')}; the capture keeps them.`] : []),
    ...(since > 0 ? [`  The list is paused: s lets ${counted(since, 'new flow')} in.`] : []),
  ]
  if (!filter && hidden.length === 0) return nothingYet(world)
  const shows = line('  ', span('u', 'key'), ' shows every flow again', ...(filter ? changes : ['.']))
  return [...(filter ? fitting(state, filter, world) : [blank]), ...hidden.map(text => line(text)), shows]
}

const changes = [', ', span('f', 'key'), ' changes the filter.']

function fitting(state: State, filter: Filter, { source }: World): readonly Line[] {
  const text = span(printable(state.filter.text), 'bold')
  const under = source.searched(filter) !== undefined
  return [blank, under ? line('  Searching for ', text, ' …') : line('  No flow fits the filter ', text, '.')]
}

function nothingYet({ status, hints, columns }: World): readonly Line[] {
  const where = status.listen ? [' on ', span(status.listen, 'bold')] : []
  const why = status.recording
    ? line('  Listening', ...where, '. Nothing came through yet.')
    : line('  This capture holds no flows.')
  return [blank, why, ...hintLines(hints, columns)]
}
