import type { Filter } from '../../filter/ast.ts'
import { FilterError } from '../../filter/filter-error.ts'
import { parseFilter } from '../../filter/parser.ts'
import { quoteWord } from '../../filter/tokenizer.ts'
import { filterBelow, type HostsScreen, hostRows } from '../hosts/state.ts'
import { promptFor } from '../state/prompt.ts'
import { push, type State, type Step, say, type World } from '../state/state.ts'
import { selectedRow, settled } from './state.ts'

/** Asks for a filter, or takes the one that was given. */
export const filterList: Step = (state, world, argument) =>
  argument === '' ? { ...state, prompt: promptFor('filter', state.filter.text) } : applied(state, argument, world)

/** Every flow, those too that were cleared away. */
export const clearFilter: Step = ({ cleared: _, ...state }, world) => applied(state, '', world)

/** The list without the selected flow's host. */
export const hideHost: Step = (state, world) => narrowed(state, world, host => `!(~d ${quoteWord(`^${host}$`)})`)

/** That host alone. */
export const onlyHost: Step = (state, world) => narrowed(state, world, host => `~d ${quoteWord(`^${host}$`)}`)

/** The hosts of what the list shows, as a tree. */
export const enterHosts: Step = state =>
  push<HostsScreen>(state, { kind: 'hosts', cursor: 0, open: new Set(), filter: state.filter.filter, top: 0 })

/** The list of what lies below the line of the tree. */
export function enterHost(screen: HostsScreen, state: State, world: World): State {
  const row = hostRows(screen, world)[screen.cursor]
  const [list] = state.screens
  return row ? applied({ ...state, screens: [list] }, filterBelow(row), world) : state
}

/** The filter with another condition on the selected flow's host. */
function narrowed(state: State, world: World, condition: (host: string) => string): State {
  const row = selectedRow(state, world)
  if (!row?.host) return say(state, 'There is no host here.')
  const { text } = state.filter
  const more = condition(row.host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return applied(state, text === '' ? more : `(${text}) & ${more}`, world)
}

/** What the text says, or what is wrong with it. */
export const readFilter = (text: string): Filter | FilterError => {
  try {
    return parseFilter(text)
  } catch (error) {
    if (error instanceof FilterError) return error
    throw error
  }
}

/** The list with another filter; as it was, and a word about it, where the text is none. */
export function applied(state: State, text: string, world: World): State {
  const filter = readFilter(text)
  if (filter instanceof FilterError) return say(state, filter.message, 'bad')
  const wanted = text.trim()
  const next = wanted === '' ? { text: '' } : { text: wanted, filter }
  return settled({ ...state, filter: next }, world)
}
