import { moveConnection } from '../connection/screen.ts'
import {
  type AnyScreen,
  type ConnectionScreen,
  type ConnectionTab,
  connectionTabs,
  type FlowScreen,
  type FlowTab,
  flowTabs,
  type World,
} from './state.ts'

/** What a search found is not marked any more. */
export const unfound = <S extends { readonly found?: number }>({ found: _, ...rest }: S): Omit<S, 'found'> => rest

/** The flow from the tab's first line on. */
export const flowAtTab = ({ view: _, ...screen }: FlowScreen, tab: FlowTab): FlowScreen => ({
  ...unfound(screen),
  ...{ tab, part: 0, cursor: 0, top: 0 },
})

/** The connection at that tab. The handshake comes back with its cursor on the screen. */
export const connectionAtTab = (screen: ConnectionScreen, tab: ConnectionTab, world: World): ConnectionScreen =>
  moveConnection({ ...unfound(screen), tab, top: 0 }, 0, world)

/** The screen at the tab that is so many further, round the end; none where it has no tabs. */
export function turnedTab(screen: AnyScreen, by: number, world: World): FlowScreen | ConnectionScreen | undefined {
  if (screen.kind === 'flow') return flowAtTab(screen, next(flowTabs, screen.tab, by))
  return screen.kind === 'connection' ? connectionAtTab(screen, next(connectionTabs, screen.tab, by), world) : undefined
}

const next = <T>(all: readonly T[], now: T, by: number): T => {
  const at = all.indexOf(now) + by
  return all[((at % all.length) + all.length) % all.length]!
}
