import type { Action, RequestDraft, RequestEnd, ResponseDraft, ResponseEnd, WebSocketDraft } from './actions/action.ts'
import { asksProcess, asksResponse, bodiesAsked } from './asked.ts'
import type { Planned } from './perform.ts'
import type { Rule } from './rule.ts'
import type { ConnectionFacts } from './rulings.ts'
import { type Answer, connectionAnswer, type MessageFacts, messageAnswer } from './three-valued.ts'

export type RequestStep = Planned<RequestDraft, RequestEnd>
export type ResponseStep = Planned<ResponseDraft, ResponseEnd>
export type WebSocketStep = Planned<WebSocketDraft, 'drop'>

/** A rule made ready: what it asks as functions, what it does by phase. */
export interface Plan {
  /** Its place in the list. */
  readonly index: number
  readonly rule: Rule
  readonly onConnection: Answer<ConnectionFacts>
  /** Of the connection itself; for its actions on TLS and the way. */
  readonly ofConnection: Answer<ConnectionFacts>
  readonly onMessage: Answer<MessageFacts>
  readonly request: readonly RequestStep[]
  readonly response: readonly ResponseStep[]
  readonly webSocket: readonly WebSocketStep[]
  /** Whether it is asked in that phase: it has a step there, or it stands there to stop. */
  readonly inRequest: boolean
  readonly inResponse: boolean
  readonly inWebSocket: boolean
  /** The response cannot be judged without the body of the request. */
  readonly keepsRequestBody: boolean
  /** Which program opened the connection, which may take a moment to find out. */
  readonly asksProcess: boolean
  readonly asksBody: { readonly request: boolean; readonly response: boolean }
}

export function planOf(rule: Rule, index: number): Plan {
  const { actions, filter, stop, by } = rule
  const stops = stop && actions.length === 0
  const response = actions.flatMap(action => planned(by, action, action.response, action.responseBody))
  const asksBody = bodiesAsked(filter)
  const request = actions.flatMap(action => planned(by, action, action.request, action.requestBody))
  const webSocket = actions.flatMap(action => planned(by, action, action.webSocket, 0))
  const inResponse = response.length > 0 || stops
  return {
    index,
    rule,
    onConnection: connectionAnswer(filter),
    ofConnection: connectionAnswer(filter, true),
    onMessage: messageAnswer(filter),
    request,
    response,
    webSocket,
    inRequest: (request.length > 0 || stops) && !asksResponse(filter),
    inResponse,
    inWebSocket: webSocket.length > 0 || stops,
    keepsRequestBody: inResponse && asksBody.request,
    asksProcess: asksProcess(filter),
    asksBody,
  }
}

function planned<Step>(by: string, { did, unlessSized }: Action, step: Step | undefined, wants = 0) {
  return step === undefined ? [] : [{ by, did, step, wants, ...(unlessSized && { unlessSized }) }]
}
