// Runs the steps of actions on bodies.
import type { RequestHead, ResponseHead } from '../../../src/model/exchange.ts'
import type { Action, RequestDraft, ResponseDraft, WebSocketDraft } from '../../../src/rules/actions/action.ts'
import type { World } from '../../../src/rules/world.ts'
import { requestOf, responseOf } from '../heads.ts'
import { emptyWorld } from './acting.ts'

type Body = Uint8Array | string | undefined

const bytesOf = (body: Body) => (body === undefined ? {} : { body: Buffer.from(body as string) })

export async function throughRequest(action: Action, body: Body, head: RequestHead = requestOf(), world = emptyWorld) {
  return (await action.request!({ type: 'request', head, sent: head, ...bytesOf(body) }, world)) as RequestDraft
}

export async function throughResponse(
  action: Action,
  body: Body,
  head: ResponseHead = responseOf(),
  { request = requestOf(), world = emptyWorld }: { readonly request?: RequestHead; readonly world?: World } = {},
) {
  return (await action.response!({ type: 'response', head, request, ...bytesOf(body) }, world)) as ResponseDraft
}

export async function throughWebSocket(
  action: Action,
  text: string,
  direction: 'to-server' | 'to-client' = 'to-client',
) {
  const message = { direction, opcode: 1, bytes: Buffer.from(text) }
  return (await action.webSocket!({ type: 'websocket', message, request: requestOf() }, emptyWorld)) as WebSocketDraft
}

export const textOf = ({ body }: { readonly body?: Uint8Array }): string => Buffer.from(body!).toString()
