import { connectionScreen } from './connection/screen.ts'
import { diffScreen } from './diff/screen.ts'
import { flowScreen } from './flow/screen.ts'
import { messageScreen } from './handshake-message/screen.ts'
import { helpScreen } from './help/screen.ts'
import { hostsScreen } from './hosts/screen.ts'
import { listScreen } from './list/screen.ts'
import { logScreen } from './log/screen.ts'
import type { Screen } from './screen.ts'
import type { AnyScreen } from './state/state.ts'

/** Every kind of screen. */
const screens: { readonly [Kind in AnyScreen['kind']]: Screen<Extract<AnyScreen, { kind: Kind }>> } = {
  list: listScreen,
  flow: flowScreen,
  connection: connectionScreen,
  message: messageScreen,
  hosts: hostsScreen,
  diff: diffScreen,
  help: helpScreen,
  log: logScreen,
}

/** What this screen can do. */
export const kindOf = <S extends AnyScreen>({ kind }: S): Screen<S> => screens[kind] as unknown as Screen<S>
