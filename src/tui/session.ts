import type { Actions } from './actions.ts'
import type { Outcome } from './command.ts'
import { type CommandName, commandNamed } from './commands.ts'
import { errorText } from './effects.ts'
import { type Action, commandOf, commandTyped, reduce } from './state/reduce.ts'
import { initialState, type State, type World } from './state/state.ts'

export interface SessionOptions {
  readonly world: World
  readonly actions: Actions
  /** Writes to the terminal past Ink. */
  readonly write: (bytes: string) => void
  readonly state?: State
}

/** The state of the screens and what changes it. Knows nothing of Ink. */
export class Session {
  #state: State
  #world: World
  readonly #options: SessionOptions
  readonly #listeners = new Set<() => void>()
  /** When a key was pressed last, by performance.now(). */
  pressedAt = Number.NEGATIVE_INFINITY
  /** Set by who draws: leaves the terminal to other work. */
  suspend?: (work: () => Promise<void>) => Promise<void>
  #hunting: NodeJS.Timeout | undefined
  /** Counts up with every change. */
  revision = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#world = options.world
    this.#state = reduce(options.state ?? initialState, { type: 'changed' }, this.#world)
  }

  get state(): State {
    return this.#state
  }

  get world(): World {
    return this.#world
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  press(key: string): void {
    this.pressedAt = performance.now()
    const { prompt } = this.#state
    if (prompt?.kind === 'command' && key === 'enter') {
      const asked = commandTyped(prompt.text, this.#state, this.#world)
      this.#dispatch({ type: 'key', key })
      if (asked) this.command(asked.name, asked.argument)
      else if (prompt.text.trim() !== '')
        this.#dispatch({ type: 'notice', text: `There is no command ${prompt.text.trim()} here.`, tone: 'bad' })
      return
    }
    if (prompt?.then !== undefined && key === 'enter') {
      this.#dispatch({ type: 'key', key })
      if (!this.#state.prompt) this.command(prompt.then as CommandName, prompt.text)
      return
    }
    const command = commandOf(this.#state, key)
    if (command) this.command(command)
    else this.#dispatch({ type: 'key', key })
  }

  command(name: CommandName, argument = ''): void {
    const { actions, write } = this.#options
    const outlets = { actions, write, suspend: this.suspend }
    const outcome = commandNamed(name).effect?.(this.#state, this.#world, outlets, argument)
    this.#dispatch({ type: 'command', name, argument })
    if (outcome instanceof Promise) void outcome.then(told => this.#tell(told))
    else if (outcome) this.#tell(outcome)
  }

  /** What a command did to the world is seen, and kept in the log. */
  #tell(outcome: Outcome): void {
    this.#options.actions.log?.(outcome.text)
    const { step, ...said } = outcome
    if (step) this.#dispatch({ type: 'came-back', step })
    this.#dispatch({ type: 'notice', ...said })
  }

  paste(text: string): void {
    this.#dispatch({ type: 'paste', text })
  }

  resize(columns: number, rows: number): void {
    if (columns === this.#world.columns && rows === this.#world.rows) return
    this.#world = { ...this.#world, columns, rows }
    this.#dispatch({ type: 'changed' })
  }

  /** Something was captured: the same selection over what is there now. */
  refresh(): void {
    this.#world = { ...this.#world }
    this.#dispatch({ type: 'changed' })
  }

  /** Something that a person should know, and that nothing on the screen asked for. */
  notice(text: string): void {
    if (!this.#state.prompt) this.#dispatch({ type: 'notice', text })
  }

  /** Something went wrong with the recording, which perhaps has stopped, or goes on again. */
  trouble(text: string, stopped: boolean, resumed = false): void {
    if (stopped || resumed) this.#world = { ...this.#world, status: { ...this.#world.status, recording: resumed } }
    this.#dispatch({ type: 'notice', text, tone: resumed ? 'good' : 'bad' })
  }

  /** A capture that cannot be read for a moment, or any more, is told and not a crash. */
  #dispatch(action: Action): void {
    const before = this.#state
    try {
      this.#state = reduce(this.#state, action, this.#world)
    } catch (error) {
      const { hunt: _, ...state } = this.#state
      this.#state = { ...state, notice: { text: errorText(error), tone: 'bad' } }
    }
    if (this.#state.hunt) this.#hunting ??= setTimeout(() => this.#huntOn(), 1)
    if (action.type === 'hunt' && this.#state === before) return // nothing to see yet, and to draw it takes time
    this.revision++
    for (const listener of this.#listeners) listener()
  }

  /** A search that takes long goes on between the keys. */
  #huntOn(): void {
    this.#hunting = undefined
    this.#dispatch({ type: 'hunt' })
  }
}
