import type { Effect, OwnCommands } from '../command.ts'
import { enterConnection } from '../connection/state.ts'
import { handing } from '../effects.ts'
import { listView, moveBy, rowWith, selectFlow, withList } from '../list/state.ts'
import type { FlowRow } from '../ports.ts'
import { editing } from '../repeat/commands.ts'
import { unfound } from '../state/scrolled.ts'
import { type State, type Step, say, screenOf, stepsOn, type World, withScreen } from '../state/state.ts'
import { viewsOf } from './body.ts'
import { bodyFile, messageFile } from './file.ts'
import { foldAll } from './folds.ts'
import { partsOf, sideShown } from './parts.ts'
import { type FlowScreen, type FlowTab, flowAtPart, flowAtTab } from './state.ts'

const onFlow = stepsOn<FlowScreen>('flow')

const showTab = (tab: FlowTab): Step => onFlow(screen => flowAtTab(screen, tab))

/** The frames of the flow's stream. */
const enterItsFrames: Step = (state, { source }) => {
  const exchange = source.exchange((screenOf(state) as FlowScreen).id)
  if (exchange?.stream === undefined) return say(state, 'This flow has no HTTP/2 stream.')
  const { connection, stream } = exchange
  const frame = source.frames(connection, { stream, limit: 1 })[0]?.index ?? 0
  return enterConnection(state, connection, { tab: 'frames', stream, frame })
}

const turnPart = (by: number): Step =>
  onFlow((screen, { source }) => {
    const side = sideShown(screen)
    if (!side) return screen
    const part = Math.max(0, Math.min(partsOf(source, screen.id, side) - 1, screen.part + by))
    return part === screen.part ? screen : flowAtPart(screen, part)
  })

/** The next flow of the list: the list's selection goes along. */
const turnFlow =
  (by: number): Step =>
  (state, world) => {
    const screen = screenOf(state) as FlowScreen
    const view = listView(state, world)
    let [list, before] = [selectFlow(state.screens[0], view, screen.id), screen.id]
    for (;;) {
      list = moveBy(list, view, by)
      const id = list.selected
      if (id === undefined || id === before) return say(state, 'No more flows this way.')
      if (rowWith(world.source, id)?.kind !== 'connection')
        return withList(withScreen(state, { ...flowAtPart(screen, 0), id }), list)
      before = id
    }
  }

/** The next of the ways to show the body. */
const nextView = onFlow((screen, world) => {
  const kinds = viewsOf(screen, world)
  const { view: _, ...rest } = unfound(screen) as FlowScreen
  const at = Math.max(0, kinds.indexOf(screen.view ?? ''))
  const view = kinds.length > 0 ? kinds[(at + 1) % kinds.length] : undefined
  return view === undefined || view === kinds[0] ? rest : { ...rest, view }
})

/** The body in the way that was named. */
const viewAs: Step = (state, world, argument) => {
  const screen = screenOf(state) as FlowScreen
  const views = viewsOf(screen, world)
  if (views.includes(argument)) return withScreen(state, { ...screen, view: argument, cursor: 0, top: 0 })
  const offer = views.length > 0 ? `view-as needs one of ${views.join(', ')}` : 'There is no body to show here.'
  return say(state, offer, 'bad')
}

/** The whole body folded, or all of the flow unfolded. */
export const refoldAll: Step = onFlow(foldAll)

const fileOf =
  (make: typeof messageFile | typeof bodyFile) =>
  (state: State, { source }: World) => {
    const { id, tab } = screenOf(state) as FlowScreen
    const exchange = source.exchange(id)
    const side = tab === 'request' ? 'request' : 'response'
    return { what: side, file: exchange && make(source, exchange, side) }
  }

/** A request is edited to be sent, where something runs that can send it; anything else is for looking. */
const edit: Effect = (state, world, outlets, argument) => {
  const { tab } = screenOf(state) as FlowScreen
  return tab === 'request' && outlets.actions.requests
    ? editing(itsRow)(state, world, outlets, argument)
    : handing('edit', fileOf(messageFile))(state, world, outlets, argument)
}

const itsRow = (state: State, { source }: World): FlowRow | undefined =>
  rowWith(source, (screenOf(state) as FlowScreen).id)

export const flowCommands = {
  'tab-request': { says: 'request', keys: '1', reduce: showTab('request') },
  'tab-response': { says: 'response', keys: '2', reduce: showTab('response') },
  'tab-summary': { says: 'connection in short', keys: '3', reduce: showTab('summary') },
  'tab-timing': { says: 'timing', keys: '4 t', reduce: showTab('timing') },
  'next-mode': { says: 'the body in another way', keys: 'm', hint: [3, 'view'], reduce: nextView },
  'view-as': { says: 'the body as you choose: view-as hex', reduce: viewAs },
  'fold-all': { says: 'fold or unfold the whole body', keys: 'z', reduce: refoldAll },
  'next-part': { says: 'next part of what is long', keys: ']', reduce: turnPart(1) },
  'previous-part': { says: 'the part before it', keys: '[', reduce: turnPart(-1) },
  'next-flow': { says: 'next flow', keys: 'space J', hint: [4, 'next'], reduce: turnFlow(1) },
  'previous-flow': { says: 'previous flow', keys: 'p K', hint: [5, 'previous'], reduce: turnFlow(-1) },
  'open-frames': { says: 'the HTTP/2 frames of its stream', keys: 'f', reduce: enterItsFrames },
  edit: { says: 'the message in $EDITOR, to be sent', keys: 'e', effect: edit },
  'view-body': { says: 'the body in another program', keys: 'v', effect: handing('view', fileOf(bodyFile)) },
} as const satisfies OwnCommands
