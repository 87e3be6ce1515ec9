import type { Filter } from '../filter/ast.ts'
import { FilterError } from '../filter/filter-error.ts'
import { parseFilter } from '../filter/parser.ts'
import type { Action } from './actions/action.ts'
import { actionNamed, actions } from './actions/table.ts'
import { Arguments } from './arguments.ts'
import { checkAsked } from './asked.ts'
import { RuleError } from './rule-error.ts'

/** A rule as a person wrote it: plain data, which goes from thread to thread. */
export interface RuleSource {
  /** A filter of the list's language. */
  readonly when: string
  /** Actions with their arguments, in order. */
  readonly do: readonly string[]
  readonly name?: string
  /** Absent: true. */
  readonly enabled?: boolean
  /** No rule after it is asked about a message that it matched. */
  readonly stop?: boolean
  /** Where its relative paths lead from; absent: the working directory. */
  readonly folder?: string
}

/** A rule that can be used. */
export interface Rule {
  readonly source: RuleSource
  /** How a person finds it again: its name, or its text. */
  readonly by: string
  readonly filter: Filter
  readonly actions: readonly Action[]
  readonly enabled: boolean
  readonly stop: boolean
}

const mostActions = 100

/** Throws a RulePartError, which names the part in which the mistake is. */
export function readRule(source: RuleSource): Rule {
  const filter = inPart('when', () => parseFilter(source.when))
  if (source.do.length > mostActions)
    throw new RulePartError(mostActions, new RuleError(0, 'no more actions', 'one more'))
  const read = source.do.map((text, index) => inPart(index, () => readAction(text, source.folder)))
  inPart('when', () => checkAsked(filter, read))
  const { name = showRule(source), enabled = true, stop = false } = source
  return { source, by: name, filter, actions: read, enabled, stop }
}

/** A mistake in the filter, or in the action of that number, from 0. */
export class RulePartError extends Error {
  readonly part: 'when' | number
  readonly mistake: RuleError
  constructor(part: 'when' | number, mistake: RuleError) {
    super(mistake.message)
    this.name = 'RulePartError'
    this.part = part
    this.mistake = mistake
  }
}

function inPart<T>(part: 'when' | number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FilterError)
      throw new RulePartError(part, new RuleError(error.position, error.expected, error.found))
    if (error instanceof RuleError) throw new RulePartError(part, error)
    throw error
  }
}

/** Reads an action and its arguments. Throws RuleError. */
export function readAction(text: string, folder = ''): Action {
  return readArguments(new Arguments(text, 0, folder))
}

/** The files that an action names, as they are written. Throws RuleError. */
export function filesOf(text: string): readonly string[] {
  const args = new Arguments(text, 0, '')
  readArguments(args)
  return args.files
}

function readArguments(args: Arguments): Action {
  const names = actions.map(({ name }) => name).join(', ')
  const kind = actionNamed(args.word(`an action: ${names}`)) ?? args.refuse(`an action: ${names}`)
  const action = kind.read(args)
  args.end()
  return action
}

/** As it is written on a command line. */
export const showRule = ({ when, do: todo }: Pick<RuleSource, 'when' | 'do'>): string =>
  `${when.trim() === '' ? '~all' : when.trim()} => ${todo.join('; ')}`
