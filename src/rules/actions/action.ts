import type { RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Problem } from '../../problem/problem.ts'
import type { Arguments } from '../arguments.ts'
import type { WebSocketData } from '../claims.ts'
import type { ConnectionRuling } from '../rulings.ts'
import type { Answer, Break, Changes, GoesElsewhere, Pace } from '../verdict.ts'
import type { World } from '../world.ts'

/** What an action is, for the parser, the help, the completion and the README. */
export interface ActionKind {
  readonly name: string
  /** Its arguments, as the help shows them: `request|response NAME VALUE`. */
  readonly usage: string
  readonly says: string
  /** A whole rule. */
  readonly example: string
  /** Throws RuleError. */
  read(args: Arguments): Action
}

/** What one action of a rule does to what matches: a step for each thing that it speaks of. */
export interface Action {
  /** What it does in a few words, for the person: `set header x-parley`. */
  readonly did: string
  readonly request?: Step<RequestDraft, RequestEnd>
  readonly response?: Step<ResponseDraft, ResponseEnd>
  readonly webSocket?: Step<WebSocketDraft, 'drop'>
  /** Bytes of the body that the step wants to see; absent: none. */
  readonly requestBody?: number
  readonly responseBody?: number
  /** It wants the body only where the head does not say how long that is. */
  readonly unlessSized?: boolean
  /** Before anything is asked on the connection. */
  readonly connection?: Partial<Omit<ConnectionRuling, 'by'>>
}

/** Gives the very draft back where there is nothing to do. What it throws is told on the flow, and the draft stays. */
export type Step<Draft, End> = (draft: Draft, world: World) => Draft | End | Promise<Draft | End>

interface Shaping {
  readonly problems?: readonly Problem[]
  readonly pace?: Pace
  /** Where its body breaks off. */
  readonly cut?: Changes<unknown>['cut']
}

/** A request with what the actions so far have made of it. */
export interface RequestDraft extends Shaping {
  readonly type: 'request'
  readonly head: RequestHead
  /** As on the wire, without framing; absent where it was not asked for, or is larger than what was. */
  readonly body?: Uint8Array
  /** As the client sent it. */
  readonly sent: RequestHead
  /** The server to ask in place of the one that the client wants. */
  readonly server?: GoesElsewhere['server']
}

export interface ResponseDraft extends Shaping {
  readonly type: 'response'
  readonly head: ResponseHead
  readonly body?: Uint8Array
  /** As the client sent it. */
  readonly request: RequestHead
}

export interface WebSocketDraft extends Pick<Shaping, 'problems' | 'pace'> {
  readonly type: 'websocket'
  readonly message: WebSocketData
  readonly request: RequestHead
}

/** What ends an exchange here: no action after it sees the request. */
export type RequestEnd = { readonly type: 'answer'; readonly answer: Answer } | ResponseEnd

export interface ResponseEnd {
  readonly type: 'break'
  readonly how: Break
}
