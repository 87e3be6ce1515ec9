// Runs one step of an action in a world without files.
import type { RequestHead, ResponseHead } from '../../../src/model/exchange.ts'
import type {
  Action,
  ActionKind,
  RequestDraft,
  RequestEnd,
  ResponseDraft,
  ResponseEnd,
} from '../../../src/rules/actions/action.ts'
import { Arguments } from '../../../src/rules/arguments.ts'
import type { World } from '../../../src/rules/world.ts'

export const readBy = (kind: ActionKind, text: string): Action => {
  const args = new Arguments(text)
  const action = kind.read(args)
  args.end()
  return action
}

export const emptyWorld: World = {
  files: {
    read: path => Promise.reject(Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })),
    find: () => Promise.resolve(undefined),
  },
  isOurs: (host, port) => host === '127.0.0.1' && port === 8080,
}

export const draftRequest = (action: Action, head: RequestHead, body?: Uint8Array, world = emptyWorld) =>
  action.request!({ type: 'request', head, sent: head, ...(body && { body }) }, world) as
    | RequestDraft
    | RequestEnd
    | Promise<RequestDraft | RequestEnd>

export const draftResponse = (action: Action, head: ResponseHead, request: RequestHead, world = emptyWorld) =>
  action.response!({ type: 'response', head, request }, world) as
    | ResponseDraft
    | ResponseEnd
    | Promise<ResponseDraft | ResponseEnd>

/** The head that becomes of a request. */
export async function onRequest(action: Action, head: RequestHead): Promise<RequestHead> {
  const draft = await draftRequest(action, head)
  if (draft.type !== 'request') throw new Error(draft.type)
  return draft.head
}

export async function onResponse(action: Action, head: ResponseHead, request?: RequestHead): Promise<ResponseHead> {
  const draft = await draftResponse(action, head, request ?? ({ headers: [] } as unknown as RequestHead))
  if (draft.type !== 'response') throw new Error(draft.type)
  return draft.head
}
