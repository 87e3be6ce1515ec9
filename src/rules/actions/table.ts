import type { ActionKind } from './action.ts'
import { mock, redirect } from './answers.ts'
import { block } from './block.ts'
import { bodyFile } from './body-file.ts'
import { dns, tls, via } from './connection.ts'
import { cutBody } from './cut-body.ts'
import { delay } from './delay.ts'
import { addHeaderKind, removeHeader, renameHeaderKind, setHeader } from './headers.ts'
import { removeJson, setJson } from './json-body.ts'
import { mapLocal } from './map-local.ts'
import { mapRemote } from './map-remote.ts'
import { cors, noCache, stripAltSvc } from './ready-made.ts'
import { replaceBody } from './replace-body.ts'
import { script } from './script.ts'
import { setMethod, setStatus } from './start.ts'
import { throttle } from './throttle.ts'
import { removeQuery, rewriteUrl, setPath, setQuery } from './url.ts'

const onHeads = [setHeader, addHeaderKind, removeHeader, renameHeaderKind, setMethod, setStatus]
const onUrls = [setPath, rewriteUrl, setQuery, removeQuery, mapRemote]
const answering = [mapLocal, mock, redirect]
const onBodies = [replaceBody, setJson, removeJson, bodyFile]
const disturbing = [block, cutBody, delay, throttle]
const onConnections = [tls, dns, via]
const readyMade = [stripAltSvc, noCache, cors]

/** Every action: the parser, the help, the completion and the README read this table. */
export const actions: readonly ActionKind[] = [
  ...onHeads,
  ...onUrls,
  ...answering,
  ...onBodies,
  ...disturbing,
  ...onConnections,
  ...readyMade,
  script,
]

const byName = new Map(actions.map(action => [action.name, action]))

export const actionNamed = (name: string): ActionKind | undefined => byName.get(name)
