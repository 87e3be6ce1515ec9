import { openConnection } from '../connection/screen.ts'
import { listView, moveBy, selectFlow } from '../list/state.ts'
import {
  type AnyScreen,
  type FlowScreen,
  type FlowTab,
  type Step,
  say,
  screenOf,
  type World,
  withScreen,
} from '../state/state.ts'
import { flowAtTab, unfound } from '../state/tabs.ts'
import { foldAll } from './folds.ts'
import { partsOf } from './parts.ts'
import { viewsOf } from './screen.ts'

const onFlow =
  (change: (screen: FlowScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'flow' ? withScreen(state, change(screen, world)) : state
  }

/** The frames of the flow's stream. */
export const openItsFrames: Step = (state, { source }) => {
  const screen = screenOf(state)
  const exchange = screen.kind === 'flow' ? source.exchange(screen.id) : undefined
  if (exchange?.stream === undefined) return say(state, 'This flow has no HTTP/2 stream.')
  const { connection, stream } = exchange
  const frame = source.frames(connection, { stream, limit: 1 })[0]?.index ?? 0
  return openConnection(state, connection, { tab: 'frames', stream, frame })
}

export const showFlowTab = (tab: FlowTab): Step => onFlow(screen => flowAtTab(screen, tab))

export const turnPart = (by: number): Step =>
  onFlow((screen, { source }) => {
    if (screen.tab !== 'request' && screen.tab !== 'response') return screen
    const last = partsOf(source, screen.id, screen.tab) - 1
    const part = Math.max(0, Math.min(last, screen.part + by))
    return part === screen.part ? screen : { ...unfound(screen), part, cursor: 0, top: 0 }
  })

/** The next flow of the list: the list's selection goes along. */
export const turnFlow =
  (by: number): Step =>
  (state, world) => {
    const screen = screenOf(state)
    if (screen.kind !== 'flow') return state
    const [list] = state.screens
    const view = listView(state, world)
    let moved = moveBy(selectFlow(list, view, screen.id), view, by)
    const row = (id: number) => world.source.rows({ after: id - 1, limit: 1 })[0]
    while (moved.selected !== undefined && row(moved.selected)?.kind === 'connection') {
      const further = moveBy(moved, view, by)
      if (further.selected === moved.selected) return say(state, 'No more flows this way.')
      moved = further
    }
    if (moved.selected === undefined || moved.selected === screen.id) return say(state, 'No more flows this way.')
    const turned = withScreen(state, { ...unfound(screen), id: moved.selected, part: 0, cursor: 0, top: 0 })
    return { ...turned, screens: [moved, ...turned.screens.slice(1)] }
  }

/** The next of the ways to show the body. */
export const nextView = onFlow((screen, world) => {
  const kinds = viewsOf(screen, world)
  const { view: _, ...rest } = unfound(screen) as FlowScreen
  const at = Math.max(0, kinds.indexOf(screen.view ?? ''))
  const view = kinds.length > 0 ? kinds[(at + 1) % kinds.length] : undefined
  return view === undefined || view === kinds[0] ? rest : { ...rest, view }
})

/** The body in the way that was named. */
export const viewAs: Step = (state, world, argument) => {
  const screen = screenOf(state)
  if (screen.kind !== 'flow') return state
  const views = viewsOf(screen, world)
  if (views.includes(argument)) return withScreen(state, { ...screen, view: argument, cursor: 0, top: 0 })
  const offer = views.length > 0 ? `view-as needs one of ${views.join(', ')}` : 'There is no body to show here.'
  return say(state, offer, 'bad')
}

/** The whole body folded, or all of the flow unfolded. */
export const refoldAll: Step = onFlow(foldAll)
