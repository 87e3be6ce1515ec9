import type { Filter } from '../../filter/ast.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { FlowRow, FlowSource, Sort } from '../ports.ts'
import type { Direction } from '../screen.ts'
import { bodyRows, type Room } from '../shell/chrome.ts'
import type { ListScreen, State, Step, World } from '../state/state.ts'

export interface ListView {
  readonly source: FlowSource
  readonly filter?: Filter | undefined
  /** By something else than time. */
  readonly sort?: Sort | undefined
  /** Only flows after this one, and only up to that one. */
  readonly cleared?: ExchangeId | undefined
  readonly paused?: ExchangeId | undefined
  /** Rows that fit. */
  readonly height: number
}

/** A cause, and below it what to do. */
export const listRoom: Room = { info: 2, pinned: 0 }

/** What the list of this state shows. */
export const listView = ({ filter, sort, cleared, paused }: State, world: World): ListView => ({
  source: world.source,
  filter: filter.filter,
  ...{ sort, cleared, paused },
  height: bodyRows(world, listRoom),
})

/** What the list has selected; undefined where it is empty. */
export function selectedRow({ screens }: State, { source }: World): FlowRow | undefined {
  const { selected } = screens[0]
  return selected === undefined ? undefined : rowWith(source, selected)
}

/** The state with another list at the bottom of its screens. */
export const withList = (state: State, list: ListScreen): State => ({
  ...state,
  screens: [list, ...state.screens.slice(1)],
})

/** The list's selection where it is still there; with follow, the last flow. */
export function settled(state: State, world: World): State {
  const [first] = state.screens
  const view = listView(state, world)
  const next =
    state.follow && state.screens.length === 1 ? moveToEnd(first, view, newestEnd(view)) : settle(first, view)
  return next === first ? state : withList(state, next)
}

const newestEnd = ({ sort }: ListView): 'first' | 'last' => (sort?.by === 'time' ? 'first' : 'last')

/** Whether the list stays at the last flow while some come in. */
export const turnFollow: Step = (state, world) => settled({ ...state, follow: !state.follow }, world)

/** How many flows the list hides that came before it was cleared, and since it was paused. */
export function hiddenFlows({ cleared, paused }: State, { source }: World): { before: number; since: number } {
  const upTo = (id: ExchangeId): number => source.position(undefined, id + 1)
  return {
    before: cleared === undefined ? 0 : upTo(cleared),
    since: paused === undefined ? 0 : source.counts().flows - upTo(paused),
  }
}

/** The last flow that the list may show. */
export const lastFlow = ({ paused }: State, { source }: World): ExchangeId =>
  paused ?? source.rows({ limit: 1, order: 'newest' })[0]?.id ?? 0

/** The row of a flow; undefined where it is not in the capture. */
export const rowWith = (source: FlowSource, id: ExchangeId): FlowRow | undefined =>
  source.rows({ after: id - 1, limit: 1 }).find(row => row.id === id)

interface Range {
  /** This flow and those below it. */
  readonly from?: ExchangeId
  readonly after?: ExchangeId
  readonly before?: ExchangeId
  readonly limit: number
  /** 'newest' gives the lowest rows first. */
  readonly order?: 'oldest' | 'newest'
}

function ask(view: ListView, range: Range): readonly FlowRow[] {
  const { source, filter, cleared = 0, paused = Number.MAX_SAFE_INTEGER - 1 } = view
  if (range.limit <= 0) return []
  if (view.sort) return sortedRows(source, sortedIds(view, view.sort, filter), range)
  const { from = 0, after = from - 1, before = paused + 1, ...rest } = range
  return source.rows({
    ...rest,
    ...{ after: Math.max(after, cleared), before: Math.min(before, paused + 1) },
    ...(filter && { filter }),
  })
}

const sortedIds = (
  { source, cleared = 0, paused = Number.POSITIVE_INFINITY }: ListView,
  sort: Sort,
  filter: Filter | undefined,
): readonly ExchangeId[] => source.sorted(filter, sort).filter(id => id > cleared && id <= paused)

/** A flow that is not among them stands before the first. */
function sortedRows(source: FlowSource, ids: readonly ExchangeId[], range: Range): readonly FlowRow[] {
  const { from, after, before, limit, order = 'oldest' } = range
  const start = from !== undefined ? Math.max(0, ids.indexOf(from)) : after !== undefined ? ids.indexOf(after) + 1 : 0
  const end = before === undefined ? ids.length : Math.max(0, ids.indexOf(before))
  const wanted =
    order === 'oldest'
      ? ids.slice(start, Math.min(end, start + limit))
      : ids.slice(Math.max(start, end - limit), end).reverse()
  return wanted.map(id => rowWith(source, id)).filter(row => row !== undefined)
}

/** The rows on screen. The selected flow stays on its row as long as there is enough above it to fill the rows. */
export function visibleRows(list: ListScreen, view: ListView): readonly FlowRow[] {
  if (list.selected === undefined) return ask(view, { limit: view.height })
  const row = Math.min(list.row, view.height - 1)
  const above = ask(view, { before: list.selected, limit: row, order: 'newest' }).toReversed()
  const below = ask(view, { from: list.selected, limit: view.height - above.length })
  return [...above, ...below]
}

/** The list with a flow selected that is there: the one it had, else the nearest, else none. */
export const settle = (list: ListScreen, view: ListView): ListScreen =>
  select(list, nearest(list, view), list.selected === undefined ? 0 : list.row, view)

function nearest({ selected }: ListScreen, view: ListView): ExchangeId | undefined {
  if (selected === undefined) return ask(view, { limit: 1 })[0]?.id
  const [found] = ask(view, { from: selected, limit: 1 })
  return (found ?? ask(view, { before: selected, limit: 1, order: 'newest' })[0])?.id
}

/** The selection moved by so many flows, held at both ends. */
export function moveBy(list: ListScreen, view: ListView, by: number): ListScreen {
  const from = nearest(list, view)
  if (from === undefined || by === 0) return settle(list, view)
  const range: Range = by > 0 ? { after: from, limit: by } : { before: from, limit: -by, order: 'newest' }
  const passed = ask(view, range)
  return select(list, passed.at(-1)?.id ?? from, list.row + Math.sign(by) * passed.length, view)
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
  const below = ask(view, { from: selected, limit: view.height - wanted }).length
  const filled = Math.max(wanted, view.height - below)
  const above = ask(view, { before: selected, limit: filled, order: 'newest' }).length
  const next = Math.min(filled, above)
  return list.selected === selected && list.row === next ? list : { ...list, selected, row: next }
}

/** The next flow whose URL holds the text, from the selected one on, round the end. */
export function searchList(
  list: ListScreen,
  view: ListView,
  text: string,
  direction: Direction,
): { readonly list: ListScreen; readonly wrapped: boolean } | undefined {
  const pattern: Filter = { type: 'pattern', name: 'u', pattern: text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') }
  const filter: Filter = view.filter ? { type: 'and', of: [view.filter, pattern] } : pattern
  const found = { ...view, filter }
  if (view.sort) {
    const hits = new Set(sortedIds(view, view.sort, filter))
    const ids = sortedIds(view, view.sort, view.filter)
    const at = list.selected === undefined ? -1 : ids.indexOf(list.selected)
    for (let step = 1; step <= ids.length; step++) {
      const to = at + step * direction
      const id = ids[((to % ids.length) + ids.length) % ids.length]!
      if (hits.has(id)) return { list: selectFlow(list, view, id), wrapped: to < 0 || to >= ids.length }
    }
    return undefined
  }
  const order = direction > 0 ? 'oldest' : 'newest'
  const from = list.selected === undefined ? {} : direction > 0 ? { after: list.selected } : { before: list.selected }
  const on = ask(found, { ...from, limit: 1, order })[0]
  const hit = on ?? ask(found, { limit: 1, order })[0]
  return hit && { list: selectFlow(list, view, hit.id), wrapped: !on }
}
