import { addressScreen } from './address/screen.ts'
import { connectionScreen } from './connection/screen.ts'
import { connectionsScreen } from './connections/screen.ts'
import { diffScreen } from './diff/screen.ts'
import { exportScreen } from './export/screen.ts'
import { flowScreen } from './flow/screen.ts'
import { messageScreen } from './handshake-message/screen.ts'
import { heldScreen } from './held/screen.ts'
import { heldMessageScreen } from './held-message/screen.ts'
import { helpScreen } from './help/screen.ts'
import { hostsScreen } from './hosts/screen.ts'
import { listScreen } from './list/screen.ts'
import { logScreen } from './log/screen.ts'
import { passedScreen } from './passed/screen.ts'
import { rulesScreen } from './rules/screen.ts'
import type { Screen } from './screen.ts'
import { type Room, usualRoom } from './shell/chrome.ts'
import type { AnyScreen, World } from './state/state.ts'

/** Every kind of screen, by the kind that its state says. */
export const screens = {
  list: listScreen,
  flow: flowScreen,
  connection: connectionScreen,
  message: messageScreen,
  diff: diffScreen,
  hosts: hostsScreen,
  connections: connectionsScreen,
  passed: passedScreen,
  held: heldScreen,
  'held-message': heldMessageScreen,
  rules: rulesScreen,
  export: exportScreen,
  help: helpScreen,
  log: logScreen,
  address: addressScreen,
}

/** What this screen can do. */
export const kindOf = <S extends AnyScreen>({ kind }: S): Screen<S> =>
  screens[kind as keyof typeof screens] as unknown as Screen<S>

/** The rows that this screen keeps free. */
export const roomOf = (screen: AnyScreen, world: World): Room => kindOf(screen).room?.(screen, world) ?? usualRoom
