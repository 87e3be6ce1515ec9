/** What a keymap has to know of a command. */
export interface Declared<Context extends string = string> {
  /** For the help and the command line. */
  readonly says: string
  /**
   * Keys and the contexts where they hold: everywhere but in the copy menu where none is named, and everywhere else with
   * `!` before one.
   */
  readonly keys: readonly (readonly [keys: string, ...where: (Context | `!${Context}`)[]])[]
  /** Where the command means something; the contexts of its keys where absent. */
  readonly for?: readonly Context[]
  /** It needs a proxy that runs. */
  readonly live?: true
}

export interface Command<Name extends string> {
  readonly name: Name
  readonly says: string
  readonly for: readonly string[]
  readonly live: boolean
}

export interface Binding<Name extends string> {
  readonly key: string
  readonly context: string
  readonly command: Name
}

/** Which key stands for which command where. It knows the names of the commands, not what they do. */
export class Keymap<Name extends string> {
  /** All the places where keys are read. */
  readonly contexts: readonly string[]
  readonly commands: readonly Command<Name>[]
  #byKey: ReadonlyMap<string, Binding<Name>>

  constructor(table: Readonly<Record<Name, Declared>>, contexts: readonly string[]) {
    this.contexts = contexts
    const holding = (where: readonly string[]): readonly string[] =>
      where.some(each => !each.startsWith('!'))
        ? where
        : contexts.filter(each => each !== 'copy' && !where.includes(`!${each}`))
    const placesOf = ({ keys }: Declared): readonly string[] => [
      ...new Set(keys.flatMap(([, ...where]) => holding(where))),
    ]
    const entries = Object.entries<Declared>(table) as [Name, Declared][]
    this.commands = entries.map(([name, entry]) => ({
      ...{ name, says: entry.says, live: entry.live === true },
      for: entry.for ?? placesOf(entry),
    }))
    const bound = entries.flatMap(([command, { keys }]) =>
      keys.flatMap(([list, ...where]) =>
        list.split(' ').flatMap(key => holding(where).map(context => ({ key, context, command }))),
      ),
    )
    this.#byKey = new Map(bound.map(each => [placeOf(each), each]))
  }

  /** Every key where it holds. */
  bindings(): readonly Binding<Name>[] {
    return [...this.#byKey.values()]
  }

  /** Gives keys other commands, for as long as the program runs. */
  bind(changes: readonly Binding<Name>[]): void {
    const changed = new Map(changes.map(each => [placeOf(each), each]))
    this.#byKey = new Map([...changed, ...[...this.#byKey].filter(([place]) => !changed.has(place))])
  }

  commandFor(key: string, context: string): Name | undefined {
    return this.#byKey.get(placeOf({ key, context }))?.command
  }

  /** The keys of a command in a context, the first the one to show. */
  keysOf(command: Name, context: string): string[] {
    return this.bindings()
      .filter(binding => binding.command === command && binding.context === context)
      .map(({ key }) => key)
  }

  /** The commands that mean something in a context; `live` where a proxy runs. */
  offered(context: string, live: boolean): Command<Name>[] {
    return this.commands.filter(command => command.for.includes(context) && (live || !command.live))
  }

  /** Commands whose names start with what was typed; a name typed in full stands alone. */
  completions(typed: string, context: string, live: boolean): Command<Name>[] {
    const here = this.offered(context, live).filter(({ name }) => name !== 'command')
    const exact = here.filter(({ name }) => name === typed)
    return exact.length > 0 ? exact : here.filter(({ name }) => name.startsWith(typed))
  }
}

const placeOf = ({ key, context }: { readonly key: string; readonly context: string }): string => `${context} ${key}`
