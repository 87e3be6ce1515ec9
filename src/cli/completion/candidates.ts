import type { Argument, Command, Option } from 'commander'
import { complete } from '../../filter/complete.ts'
import { operators } from '../../filter/operators.ts'
import { actions } from '../../rules/actions/table.ts'
import { argumentValues, namesFile, optionValues, type ValueKind } from './value-kinds.ts'

/** A word that could stand in the place of the one that is typed. */
export interface Candidate {
  readonly word: string
  readonly says?: string
}

export interface Candidates {
  readonly words: readonly Candidate[]
  /** Paths fit as well. */
  readonly files: boolean
}

/** What is on this machine. */
export interface Surroundings {
  /** Names of the captures in the data folder, newest first. */
  captures(): readonly string[]
}

const nothing: Candidates = { words: [], files: false }

/** What could stand for the last of the words that follow the program's name. */
export function candidatesFor(program: Command, words: readonly string[], here: Surroundings): Candidates {
  const typed = words.at(-1) ?? ''
  const { command, option, positionals, onlyPositionals } = placeOf(program, words.slice(0, -1))
  if (option) return valuesOf(optionKind(option), typed, [], here)
  if (!onlyPositionals && typed.startsWith('-')) return optionsOf(command, typed, here)
  const subcommands = positionals.length === 0 ? namesOf(command, typed) : []
  if (subcommands.length > 0 || command.registeredArguments.length === 0) return { words: subcommands, files: false }
  const { argument, before } = argumentAt(command.registeredArguments, positionals)
  return argument ? valuesOf(argumentKind(argument), typed, before, here) : nothing
}

interface Place {
  readonly command: Command
  /** Whose value comes next. */
  readonly option?: Option
  readonly positionals: readonly string[]
  /** After `--`, or where a command's own options have ended. */
  readonly onlyPositionals: boolean
}

/** Where the words before the last one lead. */
function placeOf(program: Command, words: readonly string[]): Place {
  let command = program
  let positionals: string[] = []
  let onlyPositionals = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (onlyPositionals) positionals.push(word)
    else if (word === '--') onlyPositionals = true
    else if (word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short)
      if (!option?.required) continue
      if (at === words.length - 1) return { command, option, positionals, onlyPositionals }
      at++
    } else {
      const next = positionals.length === 0 && command.commands.find(each => each.name() === word)
      if (next) [command, positionals] = [next, []]
      else positionals.push(word)
      onlyPositionals = command.name() === 'run' && positionals.length > 0 // the rest is the command's
    }
  }
  return { command, positionals, onlyPositionals }
}

function optionsOf(command: Command, typed: string, here: Surroundings): Candidates {
  const [name = '', value] = typed.split(/=(.*)/s)
  if (value !== undefined) {
    const option = command.options.find(({ long }) => long === name)
    const { words, files } = option ? valuesOf(optionKind(option), value, [], here) : nothing
    return { words: words.map(each => ({ ...each, word: `${name}=${each.word}` })), files }
  }
  const options = [...command.options.filter(({ hidden }) => !hidden), help]
  const words = options.map(({ long, description }) => ({ word: long ?? '', says: description }))
  return { words: words.filter(({ word }) => word.startsWith(typed)), files: false }
}

const help = { long: '--help', description: 'print what there is to say' }

const isHidden = (command: Command): boolean => (command as Command & { readonly _hidden?: boolean })._hidden === true

const namesOf = (command: Command, typed: string): readonly Candidate[] =>
  command.commands
    .filter(each => !isHidden(each) && each.name().startsWith(typed))
    .map(each => ({ word: each.name(), says: each.description() }))

/** The argument at which the words are, and those of its words that are there. */
function argumentAt(
  all: readonly Argument[],
  positionals: readonly string[],
): { readonly argument?: Argument; readonly before: readonly string[] } {
  const last = all.at(-1)!
  const index = Math.min(positionals.length, all.length - 1)
  if (positionals.length >= all.length && !last.variadic) return { before: [] }
  return { argument: all[index]!, before: positionals.slice(index) }
}

const optionKind = ({ argChoices, long, flags }: Option): ValueKind =>
  argChoices ?? optionValues[long ?? ''] ?? (namesFile.test(flags) ? 'file' : [])

const argumentKind = (argument: Argument): ValueKind => argument.argChoices ?? argumentValues[argument.name()] ?? []

function valuesOf(kind: ValueKind, typed: string, before: readonly string[], here: Surroundings): Candidates {
  const starting = (words: readonly Candidate[]): readonly Candidate[] =>
    words.filter(({ word }) => word.toLowerCase().startsWith(typed.toLowerCase()))
  const plain = (words: readonly string[]): readonly Candidate[] => starting(words.map(word => ({ word })))
  switch (kind) {
    case 'file':
      return { words: [], files: true }
    case 'capture':
      return { words: plain(here.captures()), files: true }
    case 'action':
      return { words: starting(actions.map(({ name, says }) => ({ word: name, says }))), files: false }
    case 'rule':
      return { words: inRule(typed), files: false }
    case 'filter':
      return { words: inFilter([...before, ''].join(' '), typed), files: false }
    case 'expectation':
      return { words: [...starting(/\s/.test(typed) ? [] : expectations), ...inExpectation(typed)], files: false }
    default:
      return { words: plain(kind), files: false }
  }
}

const expectations: readonly Candidate[] = [
  { word: 'all ', says: 'every flow fits' },
  { word: 'no ', says: 'no flow fits' },
  { word: 'some ', says: 'at least one fits' },
]

const sayings = new Map(operators.map(({ name, help: says }) => [`~${name}`, says]))

/** The typed word with what could stand at its end; `before` are the words of the filter before it. */
function inFilter(before: string, typed: string): readonly Candidate[] {
  const all = typed === '' || /[\s(!]$/.test(typed)
  const text = before + typed
  const found = complete(text, text.length)
  const started = found[0]?.startsWith('~') ? /~[a-z0-9]*$/i : /[^\s()~'"]*$/
  const words = found.length > 0 ? found : all ? [...sayings.keys()] : []
  const kept = typed.slice(0, typed.length - (found.length > 0 ? (started.exec(typed)?.[0].length ?? 0) : 0))
  return words.map(word => {
    const says = sayings.get(word)
    return { word: kept + word, ...(says !== undefined && { says }) }
  })
}

/** After the first word, a filter. */
function inExpectation(typed: string): readonly Candidate[] {
  const word = /^(?:all|no|some)\s/.exec(typed)?.[0] ?? ''
  return inFilter('', typed.slice(word.length)).map(each => ({ ...each, word: word + each.word }))
}

/** Before the arrow a filter, behind it an action. */
function inRule(typed: string): readonly Candidate[] {
  const [, head = '', started = ''] = /^(.*=>\s*)(\S*)$/s.exec(typed) ?? []
  if (head === '') return /=>/.test(typed) ? [] : inFilter('', typed)
  return actions.filter(({ name }) => name.startsWith(started)).map(({ name, says }) => ({ word: head + name, says }))
}
