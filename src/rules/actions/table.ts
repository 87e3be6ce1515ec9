import type { ActionKind } from './action.ts'
import { addHeaderKind, removeHeader, renameHeaderKind, setHeader } from './headers.ts'

/** Every action: the parser, the help, the completion and the README read this table. */
export const actions: readonly ActionKind[] = [setHeader, addHeaderKind, removeHeader, renameHeaderKind]

const byName = new Map(actions.map(action => [action.name, action]))

export const actionNamed = (name: string): ActionKind | undefined => byName.get(name)
