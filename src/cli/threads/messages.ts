import type { MessagePort } from 'node:worker_threads'
import type { Changes } from '../../model/changes.ts'
import type { ClientProcess, ConnectionId } from '../../model/connection.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { Decision, HeldId } from '../../model/held.ts'
import type { Pause } from '../../observe/plain.ts'
import type { HoldLimits, HoldSays } from '../../proxy/holds.ts'
import type { Answered, Ask } from '../../proxy/own/whole-answer.ts'
import type { ProxyOptions } from '../../proxy/services.ts'
import type { RecorderLimits } from '../../recorder/recorder.ts'
import type { RuleSource } from '../../rules/rule.ts'
import type { ScriptHook } from '../../rules/world.ts'
import type { Note } from '../../store/notes.ts'
import type { Slab } from '../../tape/entry.ts'
import type { Serving } from './serve-capture.ts'

/** What the engine thread is started with. */
export interface EngineStart {
  readonly proxy: ProxyOptions
  /** PEM of roots to trust upstream besides the system's. */
  readonly upstreamRoots: readonly string[]
  /** Paths of --mitm-script. */
  readonly scripts?: readonly string[]
  /** Of messages that wait for a person. */
  readonly holds?: HoldLimits
  /** Without mistakes. */
  readonly rules?: readonly RuleSource[]
  /** ms that one call of a script of a rule may take. */
  readonly scriptPatience?: number | undefined
  /** Rules may call functions of the program that started it. */
  readonly functions?: boolean
  /** A capture answers in the place of all servers; then no rules are in force. */
  readonly serving?: Serving
  /** Where slabs go. */
  readonly tape: MessagePort
}

/** A function of the program that started Parley is to be called with this message. */
export interface FunctionCall {
  readonly number: number
  /** As its rule names it. */
  readonly name: string
  readonly hook: ScriptHook
  readonly message: object
}

/** What came of it: `why` it threw, or what it gave back. */
export interface FunctionCalled {
  readonly number: number
  readonly result?: unknown
  readonly why?: string
}

export type ToEngine =
  | { readonly type: 'close' }
  | { readonly type: 'pass-through' | 'observe'; readonly host: string }
  /** Something is to be sent; answered by its number. */
  | { readonly type: 'ask'; readonly number: number; readonly ask: Ask }
  | { readonly type: 'call-off'; readonly number: number }
  /** What is to be held from now on; empty: nothing. */
  | { readonly type: 'intercept'; readonly filter: string }
  | { readonly type: 'decide'; readonly id: HeldId; readonly decision: Decision }
  | { readonly type: 'let-all-go' }
  | ({ readonly type: 'called' } & FunctionCalled)
  /** Answered by its number when what was asked before is in force. */
  | { readonly type: 'settle'; readonly number: number }
  /** These are in force from now on. */
  | { readonly type: 'rules'; readonly rules: readonly RuleSource[] }

/** Where the engine listens: as a proxy, and in the place of servers. */
export interface Listening {
  readonly host: string
  readonly port: number
  readonly reverse: readonly { readonly host: string; readonly port: number }[]
}

export type EngineSays =
  | ({ readonly type: 'listening' } & Listening)
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly remedy?: string }
  /** An error that nobody caught; the engine goes on. */
  | { readonly type: 'trouble'; readonly message: string }
  | { readonly type: 'answered'; readonly number: number; readonly answered: Answered }
  | HoldSays
  | ({ readonly type: 'call' } & FunctionCall)
  | { readonly type: 'settled'; readonly number: number }
  /** How often each rule matched since it came. */
  /** For the event log. */
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'rule-hits'; readonly hits: readonly number[] }
  | { readonly type: 'closed' }

/** What the recorder thread is started with. */
export interface RecorderStart {
  readonly path: string
  readonly limits: RecorderLimits
  /** File for both legs' secrets in NSS key log format. */
  readonly keyLogPath?: string
  /** File in which apps write their own secrets. */
  readonly appKeyLogPath?: string
  /** Bytes from which on the capture file is full. */
  readonly diskLimit?: number
  readonly tape: MessagePort
}

export type RecorderSays =
  | { readonly type: 'open' }
  | { readonly type: 'changed'; readonly changes: Changes }
  /** `stopped`: nothing is recorded any more. */
  | { readonly type: 'failed'; readonly stopped: boolean; readonly code: string; readonly message: string }
  /** It is recorded again. */
  | { readonly type: 'resumed'; readonly message: string }
  | { readonly type: 'closed' }

export type ToRecorder =
  | { readonly type: 'close' }
  | { readonly type: 'note'; readonly flow: ExchangeId; readonly note: Note }
  | { readonly type: 'log'; readonly level: 'debug' | 'info' | 'warning' | 'error'; readonly text: string }

/** The recorder's answer on the same port, where a connection stood when the probe was read. */
export interface Paused {
  readonly connection: ConnectionId
  readonly probe: number
  readonly pause: Pause
}

/** The recorder's answer on the same port, which program opened a connection; none comes where it is not found. */
export interface Found {
  readonly connection: ConnectionId
  readonly process: ClientProcess
}

/** On the tape's port; `end` is the last word. `processOf`: which program opened the connection is wanted. */
export type OnTape = { readonly slab: Slab } | { readonly end: true } | { readonly processOf: ConnectionId }
