import type { Filter } from '../../filter/ast.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { FlowRow, FlowSource } from '../ports.ts'
import type { ListScreen } from './state.ts'

export interface ListView {
  readonly source: FlowSource
  readonly filter?: Filter | undefined
  /** Rows that fit. */
  readonly height: number
}

interface Range {
  readonly after?: ExchangeId
  readonly before?: ExchangeId
  readonly limit: number
  readonly order?: 'oldest' | 'newest'
}

const ask = ({ source, filter }: ListView, range: Range): readonly FlowRow[] =>
  range.limit <= 0 ? [] : source.rows({ ...range, ...(filter && { filter }) })

/** The rows on screen. The selected flow stays on its row as long as there is enough above it to fill the rows. */
export function visibleRows(list: ListScreen, view: ListView): readonly FlowRow[] {
  if (list.selected === undefined) return ask(view, { limit: view.height })
  const row = Math.min(list.row, view.height - 1)
  const above = ask(view, { before: list.selected, limit: row, order: 'newest' }).toReversed()
  const below = ask(view, { after: list.selected - 1, limit: view.height - above.length })
  return [...above, ...below]
}

/** The list with a flow selected that is there: the one it had, else the nearest, else none. */
export function settle(list: ListScreen, view: ListView): ListScreen {
  const { selected, row } = list
  if (selected === undefined) return select(list, ask(view, { limit: 1 })[0]?.id, 0, view)
  const there = ask(view, { after: selected - 1, limit: 1 })[0]?.id
  if (there === selected) return select(list, selected, row, view)
  const nearest = there ?? ask(view, { before: selected, limit: 1, order: 'newest' })[0]?.id
  return select(list, nearest, row, view)
}

/** The selection moved by so many flows, held at both ends. */
export function moveBy(list: ListScreen, view: ListView, by: number): ListScreen {
  const settled = settle(list, view)
  if (settled.selected === undefined || by === 0) return settled
  const range: Range =
    by > 0 ? { after: settled.selected, limit: by } : { before: settled.selected, limit: -by, order: 'newest' }
  const passed = ask(view, range)
  const last = passed.at(-1)
  return last ? select(settled, last.id, settled.row + Math.sign(by) * passed.length, view) : settled
}

export function moveToEnd(list: ListScreen, view: ListView, end: 'first' | 'last'): ListScreen {
  const [row] = ask(view, { limit: 1, order: end === 'first' ? 'oldest' : 'newest' })
  return select(list, row?.id, end === 'first' ? 0 : view.height - 1, view)
}

export const selectFlow = (list: ListScreen, view: ListView, id: ExchangeId): ListScreen =>
  settle({ ...list, selected: id, row: Math.floor(view.height / 2) }, view)

/** With its row on the screen, and no room empty at either end that flows could fill. */
function select(list: ListScreen, selected: ExchangeId | undefined, row: number, view: ListView): ListScreen {
  if (selected === undefined) return { kind: 'list', row: 0 }
  const wanted = Math.max(0, Math.min(row, view.height - 1))
  const below = ask(view, { after: selected - 1, limit: view.height - wanted }).length
  const filled = Math.max(wanted, view.height - below)
  const above = ask(view, { before: selected, limit: filled, order: 'newest' }).length
  const next = Math.min(filled, above)
  return list.selected === selected && list.row === next ? list : { ...list, selected, row: next }
}

/** The next flow whose URL holds the text, from the selected one on, round the end. */
export function searchList(list: ListScreen, view: ListView, text: string, direction: 1 | -1): ListScreen | undefined {
  const pattern: Filter = { type: 'pattern', name: 'u', pattern: text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') }
  const filter: Filter = view.filter ? { type: 'and', of: [view.filter, pattern] } : pattern
  const found = { ...view, filter }
  const order = direction > 0 ? 'oldest' : 'newest'
  const from = list.selected === undefined ? {} : direction > 0 ? { after: list.selected } : { before: list.selected }
  const hit = ask(found, { ...from, limit: 1, order })[0] ?? ask(found, { limit: 1, order })[0]
  return hit && selectFlow(list, view, hit.id)
}
