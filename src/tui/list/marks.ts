import { move } from '../state/move.ts'
import { openPrompt } from '../state/prompt.ts'
import { type Step, say, screenOf, withScreen } from '../state/state.ts'
import { listView, rowOf, selectedRow, selectFlow, withList } from './state.ts'

/** On to the next flow: this one's mark has turned. */
export const marked: Step = (state, world) =>
  selectedRow(state, world) ? withScreen(state, move(screenOf(state), 1, state, world)) : state

export const editComment: Step = (state, world) => {
  const row = rowOf(state, world)
  return row ? { ...state, prompt: openPrompt('command', `comment ${row.comment ?? ''}`) } : state
}

export const nextMark: Step = (state, world) => {
  const ids = world.source.marked()
  const id = ids.find(each => each > (state.screens[0].selected ?? 0)) ?? ids[0]
  return id === undefined
    ? say(state, 'Nothing is marked.')
    : withList(state, selectFlow(state.screens[0], listView(state, world), id))
}

/** To the flow with the number that was typed, or the nearest. */
export const goToFlow: Step = (state, world, argument) => {
  if (!/^\d+$/.test(argument)) return say(state, 'goto needs a number: goto 42', 'bad')
  const next = withList(state, selectFlow(state.screens[0], listView(state, world), Number(argument)))
  const { selected } = next.screens[0]
  return selected === Number(argument) ? next : say(next, `There is no flow ${argument} here; this is the nearest.`)
}
