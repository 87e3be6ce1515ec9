import type { LegName } from '../../model/party.ts'
import {
  type AnyScreen,
  type ConnectionScreen,
  type ConnectionTab,
  type Step,
  screenOf,
  type World,
  withScreen,
} from '../state/state.ts'
import { connectionAtTab } from '../state/tabs.ts'
import { moveToLeg } from './cells.ts'
import { turnStream } from './frames.ts'

const onConnection =
  (change: (screen: ConnectionScreen, world: World) => AnyScreen): Step =>
  (state, world) => {
    const screen = screenOf(state)
    return screen.kind === 'connection' ? withScreen(state, change(screen, world)) : state
  }

export const showConnectionTab = (tab: ConnectionTab): Step =>
  onConnection((screen, world) => connectionAtTab(screen, tab, world))

/** The frames of one stream alone, or of all. */
export const turnStreams: Step = onConnection((screen, world) =>
  screen.tab === 'frames' ? turnStream(screen, world) : screen,
)

export const goToLeg = (leg: 'other' | LegName): Step =>
  onConnection((screen, world) => (screen.tab === 'handshake' ? moveToLeg(screen, leg, world) : screen))

export const turnSecrets: Step = onConnection(screen => ({ ...screen, revealed: !screen.revealed }))
