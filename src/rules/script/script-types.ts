/**
 * What a script of a rule, `script FILE`, exports: any of `request`, `response` and `webSocketMessage`. Each may be async,
 * and gives back what is to change, or nothing.
 */
export interface RuleScript {
  request?(message: ScriptRequest): Outcome<RequestChange | ScriptAnswer>
  response?(message: ScriptResponse): Outcome<ResponseChange>
  /** `drop`: it goes no further. */
  webSocketMessage?(message: ScriptWebSocketMessage): Outcome<WebSocketChange | 'drop'>
}

type Outcome<Change> = Change | undefined | Promise<Change | undefined>

/** Name and value, in the order of the wire; characters beyond ASCII are bytes in latin1. Without pseudo-headers. */
export type ScriptHeader = readonly [name: string, value: string]

interface ScriptBody {
  readonly headers: readonly ScriptHeader[]
  /** Content codings undone; empty where there is none. Absent where the rule says --heads. */
  readonly body?: Uint8Array
  /** The body in its charset. */
  readonly text?: string
}

export interface ScriptRequest extends ScriptBody {
  readonly method: string
  /** Whole: `https://example.com/path?query`. */
  readonly url: string
}

export interface ScriptResponse extends ScriptBody {
  readonly status: number
  /** As the client sent it, without its body. */
  readonly request: Omit<ScriptRequest, 'body' | 'text'>
}

export interface ScriptWebSocketMessage {
  readonly direction: 'to-server' | 'to-client'
  /** Of the request that opened it. */
  readonly url: string
  /** Absent: it is binary. */
  readonly text?: string
  readonly bytes: Uint8Array
}

/** What is absent stays. A text is written in the charset that the body had, a body in its content codings. */
interface BodyChange {
  readonly headers?: readonly ScriptHeader[]
  readonly body?: string | Uint8Array
}

export interface RequestChange extends BodyChange {
  readonly method?: string
  /** Of another server: that one is asked. */
  readonly url?: string
}

/** Given back by `request`: the server is not asked. */
export interface ScriptAnswer extends BodyChange {
  /** From 200 to 599. */
  readonly status: number
}

export interface ResponseChange extends BodyChange {
  readonly status?: number
}

export interface WebSocketChange {
  readonly body: string | Uint8Array
}
