import type { ActionKind } from './action.ts'
import { block } from './block.ts'
import { bodyFile } from './body-file.ts'
import { dns, tls, via } from './connection.ts'
import { cutBody } from './cut-body.ts'
import { delay } from './delay.ts'
import { addHeaderKind, removeHeader, renameHeaderKind, setHeader } from './headers.ts'
import { removeJson, setJson } from './json-body.ts'
import { replaceBody } from './replace-body.ts'
import { throttle } from './throttle.ts'

/** Every action: the parser, the help, the completion and the README read this table. */
export const actions: readonly ActionKind[] = [
  setHeader,
  addHeaderKind,
  removeHeader,
  renameHeaderKind,
  replaceBody,
  setJson,
  removeJson,
  bodyFile,
  block,
  cutBody,
  delay,
  throttle,
  tls,
  dns,
  via,
]

const byName = new Map(actions.map(action => [action.name, action]))

export const actionNamed = (name: string): ActionKind | undefined => byName.get(name)
