import { type Context, contexts } from './keys.ts'

/** What a keymap has to know of a command. */
export interface Declared {
  /** For the help and the command line. */
  readonly says: string
  /** Keys and where they hold; everywhere but in the copy menu where no context is named. */
  readonly keys: readonly (readonly [keys: string, ...where: Context[]])[]
  /** Where the command means something; the contexts of its keys where absent. */
  readonly for?: readonly Context[]
}

export interface Command<Name extends string> {
  readonly name: Name
  readonly says: string
  readonly for: readonly Context[]
}

export interface Binding<Name extends string> {
  readonly key: string
  readonly context: Context
  readonly command: Name
}

const everywhere: readonly Context[] = contexts.filter(context => context !== 'copy')

/** Which key stands for which command where. It knows the names of the commands, not what they do. */
export class Keymap<Name extends string> {
  readonly commands: readonly Command<Name>[]
  #byKey: ReadonlyMap<string, Binding<Name>>

  constructor(table: Readonly<Record<Name, Declared>>) {
    const entries = Object.entries<Declared>(table) as [Name, Declared][]
    this.commands = entries.map(([name, entry]) => ({ name, says: entry.says, for: entry.for ?? placesOf(entry) }))
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

  commandFor(key: string, context: Context): Name | undefined {
    return this.#byKey.get(placeOf({ key, context }))?.command
  }

  /** The keys of a command in a context, the first the one to show. */
  keysOf(command: Name, context: Context): string[] {
    return this.bindings()
      .filter(binding => binding.command === command && binding.context === context)
      .map(({ key }) => key)
  }

  /** Commands whose names start with what was typed; a name typed in full stands alone. */
  completions(typed: string, context: Context): Command<Name>[] {
    const here = this.commands.filter(command => command.for.includes(context) && command.name !== 'command')
    const exact = here.filter(({ name }) => name === typed)
    return exact.length > 0 ? exact : here.filter(({ name }) => name.startsWith(typed))
  }
}

const placeOf = ({ key, context }: { readonly key: string; readonly context: Context }): string => `${context} ${key}`

const holding = (where: readonly Context[]): readonly Context[] => (where.length > 0 ? where : everywhere)

const placesOf = ({ keys }: Declared): readonly Context[] => [
  ...new Set(keys.flatMap(([, ...where]) => holding(where))),
]
