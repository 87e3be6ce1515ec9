import type { Decision, Held, HeldId } from '../model/held.ts'
import type { HoldSays } from '../proxy/holds.ts'
import type { HeldNow } from '../tui/actions.ts'
import type { ToEngine } from './threads/messages.ts'

/** What happened to the held messages: a sentence where a person should know. */
export type HeldChanged = (said: string | undefined) => void

const lastAnswers = 500 // ms

/** The messages that the engine holds, as this thread knows them. */
export class HeldHere implements HeldNow {
  readonly #tell: (message: ToEngine) => void
  readonly #messages = new Map<HeldId, Held>()
  readonly #listeners = new Set<HeldChanged>()
  #listed: readonly Held[] | undefined
  filter = ''

  constructor(tell: (message: ToEngine) => void) {
    this.#tell = tell
  }

  get messages(): readonly Held[] {
    this.#listed ??= [...this.#messages.values()]
    return this.#listed
  }

  /** Returns how to stop listening. */
  readonly onChange = (listener: HeldChanged): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A filter that can be read; empty: nothing is held. */
  intercept(filter: string): void {
    const text = filter.trim()
    this.filter = text
    this.#tell({ type: 'intercept', filter: text })
    this.#changed(undefined)
  }

  decide(id: HeldId, decision: Decision): void {
    if (!this.#messages.delete(id)) return
    this.#tell({ type: 'decide', id, decision })
    this.#changed(undefined)
  }

  /** Nothing more is held, and what is goes on as it came; its answer has a moment to come. */
  async end(): Promise<void> {
    const waited = this.#messages.size > 0
    this.intercept('')
    this.letAllGo()
    if (waited) await new Promise(resolve => setTimeout(resolve, lastAnswers))
  }

  letAllGo(): void {
    this.#messages.clear()
    this.#tell({ type: 'let-all-go' })
    this.#changed(undefined)
  }

  hear(said: HoldSays): void {
    if (said.type === 'held') {
      this.#messages.set(said.held.id, said.held)
      this.#changed(undefined)
    } else if (said.type === 'too-many') {
      const many = said.passed === 1 ? 'A message' : `${said.passed} messages`
      this.#changed(`${many} went on: as many are held as --hold-limit allows.`)
    } else if (this.#messages.delete(said.id)) this.#changed(reasons[said.why])
  }

  #changed(said: string | undefined): void {
    this.#listed = undefined
    for (const listener of this.#listeners) listener(said)
  }
}

const reasons = {
  decided: undefined,
  gone: 'A held message is gone: its client or its server ended it.',
  'time-out': 'A held message went on by itself: --hold-timeout.',
} as const
