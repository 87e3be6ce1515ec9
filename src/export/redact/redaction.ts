import type { JsonStep } from '../../formats/json-path.ts'
import { SeenIds } from '../seen-ids.ts'

/** What stands in the place of a secret. */
export const redactedWord = 'REDACTED'

/** What is taken for a secret besides what everybody takes for one. */
export interface RedactionRules {
  /** Names of headers, lower case. */
  readonly headers: ReadonlySet<string>
  /** Names of query parameters and of fields of forms, lower case. */
  readonly query: ReadonlySet<string>
  /** Names of members of JSON anywhere, lower case. */
  readonly members: ReadonlySet<string>
  readonly jsonPaths: readonly (readonly JsonStep[])[]
  /** Names that are no secret though they look like one, lower case. */
  readonly keep: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()
export const defaultRules: RedactionRules = { headers: none, query: none, members: none, jsonPaths: [], keep: none }

/** Is told of everything that was redacted: what it was, `cookie`, and where, `request header`. */
export type Told = (what: string, where: string) => void

export interface RedactedCount {
  readonly what: string
  readonly where: string
  readonly count: number
}

const mostKinds = 1000 // names come from the network

/** Counts what was redacted by kind and place; what is read twice counts once. */
export class RedactionLog {
  readonly #counts = new Map<string, { what: string; where: string; count: number }>()
  #others = 0
  readonly #counted = { head: new SeenIds(), body: new SeenIds(), message: new SeenIds() }

  /** For what is read by its number: counts the first time, and never again. */
  once(of: 'head' | 'body' | 'message', id: number): Told {
    return this.#counted[of].add(id) ? (what, where) => this.#add(what, where) : () => {}
  }

  #add(what: string, where: string): void {
    const key = JSON.stringify([what, where])
    const known = this.#counts.get(key)
    if (known) known.count++
    else if (this.#counts.size < mostKinds) this.#counts.set(key, { what, where, count: 1 })
    else this.#others++
  }

  /** The most frequent first. */
  counts(): readonly RedactedCount[] {
    const others = { what: 'something else', where: 'elsewhere', count: this.#others }
    const all = this.#others > 0 ? [...this.#counts.values(), others] : [...this.#counts.values()]
    return all.sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1))
  }
}
