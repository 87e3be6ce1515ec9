import { counted } from '../../view/format.ts'
import type { OwnCommands } from '../command.ts'
import { type Sort, sortKeys } from '../ports.ts'
import { type State, type Step, say, type World } from '../state/state.ts'
import { clearFilter, enterHosts, filterList, hideHost, onlyHost } from './filter.ts'
import {
  hiddenFlows,
  lastFlow,
  listView,
  moveBy,
  moveToEnd,
  selectedRow,
  selectFlow,
  settled,
  turnFollow,
  withList,
} from './state.ts'

/** The next order, or the one that was named. */
const order: Step = (state, world, argument) => {
  if (argument === '') return ordered(state, nextOrder(state.sort?.by), world)
  if (argument === 'time') return ordered(state, undefined, world)
  if (argument === 'newest') return newestFirst(state, world)
  const key = sortKeys.find(each => each === argument)
  return key ? ordered(state, key, world) : say(state, `order needs one of ${sortKeys.join(', ')}, newest`, 'bad')
}

const reverseOrder: Step = (state, world) => {
  if (!state.sort || state.sort.by === 'time')
    return state.sort ? ordered(state, undefined, world) : newestFirst(state, world)
  return anew({ ...state, sort: { ...state.sort, descending: !state.sort.descending } }, world)
}

const cycle = sortKeys.filter(key => key !== 'time')

const nextOrder = (by: Sort['by'] | undefined): Sort['by'] | undefined =>
  cycle[by === undefined || by === 'time' ? 0 : cycle.indexOf(by) + 1]

const newestFirst = (state: State, world: World): State =>
  say(anew({ ...state, sort: { by: 'time', descending: true } }, world), 'newest first; v turns the order round')

/** The list in this order, or that of time, from its first flow on; what is large or long comes first. */
function ordered({ sort: _, ...state }: State, by: Sort['by'] | undefined, world: World): State {
  if (by === undefined) return say(anew(state, world), 'in order of time')
  const descending = by === 'duration' || by === 'size'
  return say(anew({ ...state, sort: { by, descending }, follow: false }, world), `by ${by}; v turns the order round`)
}

const anew = (state: State, world: World): State =>
  withList(state, moveToEnd(state.screens[0], listView(state, world), 'first'))

/** The list without the flows that it has now. */
const clear: Step = (state, world) => {
  const next = settled({ ...state, cleared: lastFlow(state, world) }, world)
  const { before } = hiddenFlows(next, world)
  return say(next, `${counted(before, 'flow')} hidden here and kept in the capture; u shows every flow again`)
}

/** The list stands still, or goes on. */
const turnPause: Step = (state, world) => {
  const { paused, ...rest } = state
  if (paused !== undefined) return say(settled(rest, world), 'The list goes on.')
  return say({ ...state, paused: lastFlow(state, world) }, 'The list stands still; recording goes on.')
}

const turnWaterfall: Step = state => ({ ...state, waterfall: !state.waterfall })

/** On to the next flow: this one's mark has turned. */
export const marked: Step = (state, world) =>
  selectedRow(state, world) ? withList(state, moveBy(state.screens[0], listView(state, world), 1)) : state

const nextMark: Step = (state, world) => {
  const ids = world.source.marked()
  const id = ids.find(each => each > (state.screens[0].selected ?? 0)) ?? ids[0]
  return id === undefined
    ? say(state, 'Nothing is marked.')
    : withList(state, selectFlow(state.screens[0], listView(state, world), id))
}

/** To the flow with the number that was typed, or the nearest. */
const goToFlow: Step = (state, world, argument) => {
  if (!/^\d+$/.test(argument)) return say(state, 'goto needs a number: goto 42', 'bad')
  const next = withList(state, selectFlow(state.screens[0], listView(state, world), Number(argument)))
  const { selected } = next.screens[0]
  return selected === Number(argument) ? next : say(next, `There is no flow ${argument} here; this is the nearest.`)
}

export const listCommands = {
  filter: { says: 'filter the list: ~d host, ~c 4xx …', keys: 'f', hint: [3, 'filter'], reduce: filterList },
  'clear-filter': { says: 'show every flow again', keys: 'u', reduce: clearFilter },
  follow: { says: 'follow new flows', keys: 'F', live: true, hint: [4, 'follow'], reduce: turnFollow },
  pause: { says: 'let the list stand still, or go on', keys: 's', live: true, reduce: turnPause },
  clear: { says: 'clear the list; u brings it back', keys: 'z', reduce: clear },
  order: { says: 'the next order; by name: order size', keys: 'o', reduce: order },
  'reverse-order': { says: 'that order turned round; newest first', keys: 'v', reduce: reverseOrder },
  'hide-host': { says: 'leave this host out of the list', keys: '-', reduce: hideHost },
  'only-host': { says: 'this host alone', keys: '+', reduce: onlyHost },
  'host-tree': { says: 'hosts and their paths as a tree', keys: 't', reduce: enterHosts },
  waterfall: { says: 'the flows as bars over time', keys: 'w', reduce: turnWaterfall },
  'next-mark': { says: 'to the next marked flow', keys: "'", reduce: nextMark },
  goto: { says: 'to the flow with a number: goto 42', reduce: goToFlow },
} as const satisfies OwnCommands
