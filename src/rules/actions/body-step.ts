import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Arguments } from '../arguments.ts'
import { bodyText } from '../body/body-text.ts'
import { type EditOptions, type EditText, editBody, type WithBody } from '../body/edit-body.ts'
import { mostHeld } from '../body/open-body.ts'
import type { Action, WebSocketDraft } from './action.ts'

/** Whose body: of a request, of a response, or the messages of a WebSocket. */
export type BodyOf = 'request' | 'response' | 'message'

export const bodyUsage = 'request|response|message [--identity] [--most SIZE]'

export interface BodyArguments extends EditOptions {
  readonly of: BodyOf
}

/** Reads what `bodyUsage` shows. Throws RuleError. */
export function readBodyArguments(args: Arguments): BodyArguments {
  const of = args.oneOf(['request', 'response', 'message'])
  let identity = false
  let most = mostHeld
  for (;;) {
    if (args.takes('--identity')) identity = true
    else if (args.takes('--most')) most = readSize(args)
    else return { of, identity, most }
  }
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2 }
const largest = 64 * 1024 * 1024

function readSize(args: Arguments): number {
  const expected = 'bytes, or a number with k or m, up to 64m'
  const [, digits, unit] = /^(\d{1,9})([km]?)$/i.exec(args.word(expected)) ?? []
  const size = Number(digits) * (units[unit?.toLowerCase() ?? ''] ?? 1)
  return size > 0 && size <= largest ? size : args.refuse(expected)
}

/** An action that edits the text of a body. `wants`: whether a body with this Content-Type is meant. */
export function editingAction(
  did: string,
  { of, ...options }: BodyArguments,
  edit: EditText,
  wants: (head: WithBody['head']) => boolean = () => true,
): Action {
  const step = <Draft extends WithBody>(draft: Draft): Draft | Promise<Draft> =>
    wants(draft.head) ? editBody(draft, edit, options) : draft
  if (of === 'request') return { did, request: step, requestBody: options.most }
  if (of === 'response') return { did, response: step, responseBody: options.most }
  return { did, webSocket: draft => editMessage(draft, edit) }
}

/** RFC 6455 5.6: text is UTF-8; binary messages are read as it too where they fit. */
function editMessage(draft: WebSocketDraft, edit: EditText): WebSocketDraft | Promise<WebSocketDraft> {
  const { message } = draft
  const { text, write } = bodyText([['content-type', 'text/plain; charset=utf-8']], message.bytes)
  const finish = (changed: string): WebSocketDraft =>
    changed === text ? draft : { ...draft, message: { ...message, bytes: write(changed) } }
  const changed = edit(text)
  return changed instanceof Promise ? changed.then(finish) : finish(changed)
}

/** RFC 9110 6.4.1: whether a response to this request can have a body. */
export const canHaveBody = ({ method }: RequestHead, { status }: ResponseHead): boolean =>
  method !== 'HEAD' && status >= 200 && status !== 204 && status !== 304
