import type { Filter } from '../filter/ast.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { Decision, Held, HeldId } from '../model/held.ts'
import type { RuleSource } from '../rules/rule.ts'
import type { Note } from '../store/notes.ts'

/** What a person at the screen may do to the world. Declared here, filled by `cli`. */
export interface Actions {
  /** From now on, connections to hosts of this pattern are not opened up. Answers with a sentence to show. */
  passThrough?(pattern: string): string
  /** From now on, they are again. */
  observe?(pattern: string): string
  /** Writes the patterns that hold now into the configuration. */
  keepPassThrough?(): string
  /** Keeps a word on what the person did in the event log. */
  log?(text: string): void
  /** Puts text on the clipboard of this machine, and answers with what did it; undefined where nothing can. */
  copy?(text: string): Promise<string | undefined>
  /** Keeps text in a file of the person's alone, and answers with its path. */
  save?(text: string): string
  /** Keeps a mark or comment in the capture. Throws where that cannot be written. */
  note?(flow: ExchangeId, note: Note): void
  /** Opens the file in the person's editor, which takes the terminal until it ends. */
  edit?(file: FileForOthers): Promise<void>
  /** The same, and answers with what the file is then. */
  rewrite?(file: FileForOthers): Promise<Uint8Array>
  /** Opens the file in the program that the system has for it, or in a pager that takes the terminal. */
  view?(file: FileForOthers): Promise<void>
  /** Requests of Parley's own; absent where nothing runs that could send them. */
  readonly requests?: OwnRequests
  /** Writes a file for other programs, and answers with a sentence to show. Throws where it cannot be written, or is there. */
  export?(asked: ExportAsked): Promise<string>
  /** Stops the whole job; resolves when the shell has continued it, or soon where there is no shell. */
  stop?(): Promise<void>
  /** From now on, messages that fit the filter are held; an empty one holds nothing more. */
  intercept?(filter: string): void
  /** A held message goes on so. */
  decide?(id: HeldId, decision: Decision): void
  /** All held messages go on as they came. */
  letAllGo?(): void
  /** From now on, these rules are in force, in their order. Throws where one cannot be read. */
  setRules?(rules: readonly RuleSource[]): void
  /** Writes the rules that hold now into their file. Answers with a sentence to show; throws where that cannot be. */
  keepRules?(): string
}

/** A format of files for other programs. */
export interface ExportFormat {
  readonly key: string
  readonly says: string
  /** `.har` */
  readonly ending: string
}

export interface ExportAsked {
  /** Its key. */
  readonly format: string
  readonly path: string
  /** Without what looks like a secret. */
  readonly redacted: boolean
  /** Which of them: those named, or those that fit within a range of numbers. */
  readonly flows: {
    readonly ids?: ReadonlySet<ExchangeId>
    readonly filter?: Filter
    readonly after?: ExchangeId
    readonly upTo?: ExchangeId
  }
}

/** A rule, and how often it matched in this run. */
export interface RuleNow {
  readonly source: RuleSource
  readonly hits: number
}

/** What is held of the traffic, as it is now. */
export interface HeldNow {
  /** What is to be held; empty: nothing. */
  readonly filter: string
  /** Oldest first. */
  readonly messages: readonly Held[]
}

/** Requests that Parley sends itself, for the person. */
export interface OwnRequests {
  /** Sends the request of a flow so often, so many at a time; answers with what came back, in a sentence. */
  repeat(flow: ExchangeId, times: number, atOnce: number): Promise<Came>
  /** A request as a text to edit: that of a flow, or a new one. Throws a sentence where it cannot be sent. */
  text(flow: ExchangeId | undefined): FileForOthers
  /** Sends what such a text says; where it cannot be read, the text is kept for the next time. */
  send(text: Uint8Array, flow: ExchangeId | undefined): Promise<Came>
}

/** What came back. */
export interface Came {
  readonly text: string
  readonly good: boolean
}

/** Something to be opened in another program. */
export interface FileForOthers {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A command that a person could type next, for the empty list. */
export interface Hint {
  readonly what: string
  readonly command: string
}

/** What the header says besides the counts, and what else is known of the run. */
export interface Status {
  /** `127.0.0.1:8080`; absent where nothing listens. */
  readonly listen?: string
  readonly recording: boolean
  readonly capturePath: string
  /** How Parley is called where the person stands: `npx parley`. */
  readonly command: string
  /** Patterns of the hosts whose connections are not opened up, as they are now; absent where nothing listens. */
  readonly passedThrough?: ReadonlySet<string>
  /** Absent where nothing listens. */
  readonly holds?: HeldNow
  /** The rules that are in force or switched off, as they are now; absent where nothing listens. */
  readonly rules?: { readonly all: readonly RuleNow[] }
  /** What can be written for other programs; absent where nothing can. */
  readonly exports?: readonly ExportFormat[]
  /** Where Parley's own site is; absent where nothing listens. */
  readonly site?: {
    /** By which it is opened without the proxy; at least one. */
    readonly urls: readonly string[]
    /** No other machine can reach them. */
    readonly isLocal: boolean
  }
}
