/** The README's table of keys, made from the table of commands: `npm run docs` writes it. */
import { keymap } from '../../src/tui/commands.ts'
import { screens } from '../../src/tui/screens.ts'

type Commands = typeof keymap.commands

const title = (context: string): string =>
  Object.entries(screens).find(([kind]) => kind === context)?.[1].name ?? `the ${context} menu`

/** The first key of each command there, or how to type it where it has none at all. */
const row = (name: string, context: string, commands: Commands): readonly string[] => {
  const typed = (command: string): boolean => !keymap.bindings().some(each => each.command === command)
  const cells = commands.flatMap(command => {
    const key = keymap.keysOf(command.name, context)[0] ?? (typed(command.name) ? `:${command.name}` : undefined)
    return key === undefined ? [] : [`\`${key}\` ${command.says}`]
  })
  return cells.length > 0 ? [`| ${name} | ${cells.join(' · ')} |`] : []
}

/** A row for what holds on most screens, as in the help, and one a screen for the rest. */
export function keyTable(): string {
  const isShared = ({ for: places }: Commands[number]): boolean => places.length >= 4
  const own = (context: string): Commands =>
    keymap.commands.filter(command => !isShared(command) && command.for.includes(context))
  return [
    '| on | keys |',
    '|---|---|',
    ...row('every screen', 'list', keymap.commands.filter(isShared)),
    ...keymap.contexts.flatMap(context => row(title(context), context, own(context))),
  ].join('\n')
}

if (import.meta.main) console.log(keyTable())
