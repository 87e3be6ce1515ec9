import { type Sort, sortKeys } from '../ports.ts'
import { type State, type Step, say, type World } from '../state/state.ts'
import { listView, moveToEnd, withList } from './state.ts'

/** The next order, or the one that was named. */
export const order: Step = (state, world, argument) => {
  if (argument === '') return ordered(state, nextOrder(state.sort?.by), world)
  if (argument === 'time') return ordered(state, undefined, world)
  const key = sortKeys.find(each => each === argument)
  return key ? ordered(state, key, world) : say(state, `order needs one of time, ${sortKeys.join(', ')}`, 'bad')
}

export const reverseOrder: Step = (state, world) => {
  if (!state.sort) return say(state, 'The order of time has G for its end; o picks another order.')
  return anew({ ...state, sort: { ...state.sort, descending: !state.sort.descending } }, world)
}

const nextOrder = (by: Sort['by'] | undefined): Sort['by'] | undefined =>
  sortKeys[by === undefined ? 0 : sortKeys.indexOf(by) + 1]

/** The list in this order, or that of time, from its first flow on; what is large or long comes first. */
function ordered({ sort: _, ...state }: State, by: Sort['by'] | undefined, world: World): State {
  if (by === undefined) return say(anew(state, world), 'in order of time')
  const descending = by === 'duration' || by === 'size'
  return say(anew({ ...state, sort: { by, descending }, follow: false }, world), `by ${by}; v turns the order round`)
}

const anew = (state: State, world: World): State =>
  withList(state, moveToEnd(state.screens[0], listView(state, world), 'first'))
