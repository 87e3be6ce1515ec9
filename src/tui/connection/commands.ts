import type { LegName } from '../../model/party.ts'
import type { OwnCommands } from '../command.ts'
import { applied } from '../list/filter.ts'
import { type AnyScreen, type Step, screenOf, stepsOn } from '../state/state.ts'
import { moveToLeg } from './cells.ts'
import { turnStream } from './frames.ts'
import { connectionAtTab } from './lines.ts'
import type { ConnectionScreen, ConnectionTab } from './state.ts'

const onConnection = stepsOn<ConnectionScreen>('connection')

const showTab = (tab: ConnectionTab): Step => onConnection((screen, world) => connectionAtTab(screen, tab, world))

/** The frames of one stream alone, or of all. */
const turnStreams = onConnection((screen, world) => (screen.tab === 'frames' ? turnStream(screen, world) : screen))

const goToLeg = (leg: 'other' | LegName): Step =>
  onConnection((screen, world) => (screen.tab === 'handshake' ? moveToLeg(screen, leg, world) : screen))

const turnSecrets = onConnection(screen => ({ ...screen, revealed: !screen.revealed }))

const enterItsFlows: Step = (state, world) => {
  const { id } = screenOf(state) as ConnectionScreen
  return applied({ ...state, screens: [state.screens[0]] }, `~conn c${id}`, world)
}

/** A hint on these tabs alone. */
export const onTabs =
  (word: string, ...tabs: readonly ConnectionTab[]) =>
  (screen: AnyScreen): string | undefined =>
    tabs.includes((screen as ConnectionScreen).tab) ? word : undefined

/** What `enter` does here. */
export const openHint = (screen: AnyScreen): string | undefined =>
  (screen as ConnectionScreen).tab === 'compare' ? 'all that is offered' : onTabs('open', 'handshake', 'frames')(screen)

const secretsHint = (screen: AnyScreen): string | undefined => {
  const { tab, revealed } = screen as ConnectionScreen
  return tab !== 'keys' ? undefined : revealed ? 'mask secrets' : 'show secrets'
}

export const connectionCommands = {
  'tab-handshake': { says: 'handshakes side by side', keys: '1 H', reduce: showTab('handshake') },
  'tab-compare': { says: 'comparison and verdict', keys: '2 c', hint: [5, 'compare'], reduce: showTab('compare') },
  'tab-keys': { says: 'keys', keys: '3 K', hint: [6, 'keys'], reduce: showTab('keys') },
  'tab-records': { says: 'TLS records', keys: '4 r', hint: [7, 'records'], reduce: showTab('records') },
  'tab-frames': { says: 'HTTP/2 frames', keys: '5 f', hint: [8, 'frames'], reduce: showTab('frames') },
  'tab-timeline': { says: 'timeline', keys: '6 t', hint: [9, 'timeline'], reduce: showTab('timeline') },
  'other-leg': {
    says: 'the other leg',
    keys: 'tab shift-tab',
    hint: [4, onTabs('other leg', 'handshake')],
    reduce: goToLeg('other'),
  },
  'client-leg': { says: 'client leg', keys: 'h left', reduce: goToLeg('client') },
  'upstream-leg': { says: 'upstream leg', keys: 'l right', reduce: goToLeg('upstream') },
  'one-stream': {
    says: 'the frames of this stream, or of all',
    keys: 's',
    hint: [3, onTabs('one stream', 'frames')],
    reduce: turnStreams,
  },
  'its-flows': { says: 'its flows in the list', keys: 'o', hint: [10, 'its flows'], reduce: enterItsFlows },
  reveal: { says: 'show or mask the secrets', keys: 'x', hint: [1, secretsHint], reduce: turnSecrets },
} as const satisfies OwnCommands
