import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command, Option } from 'commander'
import { CliError, usageExitCode } from './fail.ts'
import { readBounded } from './read-bounded.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Table = Readonly<Record<string, unknown>>
type Keymap = typeof import('../tui/commands.ts').keymap

/** Where the person's settings are unless --config says otherwise. */
export function configPath(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  const folder = platform === 'win32' ? environment.APPDATA : environment.XDG_CONFIG_HOME
  return join(folder || join(homedir(), '.config'), 'parley', 'config.json')
}

/**
 * Reads `{"options": {"listen": "127.0.0.1:9090"}, "keys": {"list": {"ctrl-n": "down"}}}` before a command runs: options
 * by their long names, as far as the command has them and the command line does not say otherwise, and keys. Throws
 * CliError with exit code 2, naming the place.
 */
export async function applyConfig(
  command: Command,
  environment: Environment = process.env,
  asked = (command.opts() as { config?: string }).config,
): Promise<void> {
  const path = asked ?? configPath(environment)
  const text = readText(path, asked !== undefined)
  if (text === undefined) return
  const fail = (what: string): never => {
    throw new CliError(`${path}: ${what}`, usageExitCode)
  }
  const { options = {}, keys, ...rest } = tableOf(parse(text, fail), 'the file', fail)
  const [other] = Object.keys(rest)
  if (other !== undefined) fail(`unknown key "${other}"; the file takes "options" and "keys"`)
  for (const [name, value] of Object.entries(tableOf(options, 'options', fail))) setOption(command, name, value, fail)
  if (keys === undefined) return
  const { keymap } = await import('../tui/commands.ts') // all the screens
  for (const [context, table] of Object.entries(tableOf(keys, 'keys', fail)))
    rebind(keymap, context, tableOf(table, `keys.${context}`, fail), fail)
}

const mostBytes = 1024 * 1024

type Fail = (what: string) => never

function readText(path: string, wanted: boolean): string | undefined {
  try {
    return readBounded(path, mostBytes).toString()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!wanted && code === 'ENOENT') return undefined
    throw new CliError(`${path} cannot be read (${code})`, usageExitCode)
  }
}

function parse(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return fail(`not JSON: ${(error as Error).message}`)
  }
}

const tableOf = (value: unknown, where: string, fail: Fail): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Table)
    : fail(`${where} must be an object`)

/** All the options of all commands: one that another command has is no mistake. */
const everyOption = (command: Command): readonly Option[] => {
  let root = command
  while (root.parent) root = root.parent
  return [root, ...root.commands].flatMap(({ options }) => options)
}

function setOption(command: Command, name: string, value: unknown, fail: Fail): void {
  const named = ({ long }: Option): boolean => long === `--${name}` || long === `--no-${name}`
  const known = everyOption(command)
  if (!known.some(named)) {
    const names = [...new Set(known.map(({ long }) => long?.replace(/^--(no-)?/, '')))].sort()
    fail(`options.${name}: no such option; the options are ${names.join(', ')}`)
  }
  const option = command.options.find(named)
  if (!option || command.getOptionValueSource(option.attributeName()) === 'cli' || isItsOwn(option)) return
  command.setOptionValueWithSource(option.attributeName(), readValue(option, name, value, fail), 'config')
}

/** A command that runs beside the proxy listens on any free port: the proxy's address is taken by the proxy. */
const isItsOwn = ({ long, defaultValue }: Option): boolean =>
  long === '--listen' && (defaultValue as { readonly port: number }).port === 0

function readValue(option: Option, name: string, value: unknown, fail: Fail): unknown {
  if (option.isBoolean() || option.negate)
    return typeof value === 'boolean' ? value : fail(`options.${name} must be true or false`)
  const texts = (Array.isArray(value) ? value : [value]).map(each =>
    typeof each === 'string' || typeof each === 'number'
      ? String(each)
      : fail(`options.${name} must be a string or a number`),
  )
  try {
    return texts.reduce<unknown>(
      (before, text) => option.parseArg?.(text, before as never) ?? text,
      option.defaultValue,
    )
  } catch (error) {
    return fail(`options.${name}: ${(error as Error).message}`)
  }
}

function rebind(keymap: Keymap, context: string, table: Table, fail: Fail): void {
  const where = keymap.contexts.find(each => each === context)
  if (!where) return fail(`keys.${context}: no such screen; the screens are ${keymap.contexts.join(', ')}`)
  keymap.bind(
    Object.entries(table).map(([key, name]) => ({ key, context: where, command: commandNamed(name, key, where) })),
  )

  function commandNamed(name: unknown, key: string, at: string) {
    const here = keymap.commands.filter(each => each.for.includes(at))
    const found = here.find(each => each.name === name)
    if (found) return found.name
    return fail(
      `keys.${at}.${key}: no such command: ${JSON.stringify(name)}; the commands are ${here.map(each => each.name).join(', ')}`,
    )
  }
}
