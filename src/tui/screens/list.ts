import { blank, type Line, line, over, span } from '../line.ts'
import { visibleRows } from '../state/list.ts'
import type { ListScreen, State, World } from '../state/state.ts'
import { bodyRows } from './chrome.ts'
import { chooseColumns, headLine, rowLine } from './list-columns.ts'

export function listTitle(world: World): Line {
  return headLine(chooseColumns(world.columns))
}

/** The rows on screen, or what to do where there are none. */
export function listBody(screen: ListScreen, state: State, world: World): readonly Line[] {
  const { filter } = state.filter
  const rows = visibleRows(screen, { source: world.source, filter, height: bodyRows(screen, world) })
  if (rows.length === 0) return filter ? nothingFits(state) : nothingYet(world)
  const layout = chooseColumns(world.columns)
  return rows.map(row => {
    const selected = row.id === screen.selected
    const drawn = rowLine(row, layout, state.marks.has(row.id), selected)
    return selected ? over(drawn, 'selected') : drawn
  })
}

const nothingFits = (state: State): readonly Line[] => [
  blank,
  line('  No flow fits the filter ', span(state.filter.text, 'bold'), '.'),
  line('  ', span('u', 'key'), ' shows every flow again, ', span('f', 'key'), ' changes the filter.'),
]

function nothingYet({ status, hints }: World): readonly Line[] {
  if (!status.recording) return [blank, line('  This capture holds no flows.')]
  const where = status.listen ? [' on ', span(status.listen, 'bold')] : []
  return [
    blank,
    line('  Listening', ...where, '. Nothing came through yet.'),
    ...hints.flatMap(({ what, command }) => [
      blank,
      line(span(`  ${what}`, 'dim')),
      line('    ', span(command, 'accent')),
    ]),
  ]
}
