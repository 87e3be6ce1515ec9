import { type Node, type ParseError, parseTree, printParseErrorCode, stripComments } from 'jsonc-parser'
import { RulePartError, type RuleSource, readRule } from './rule.ts'
import { RuleError } from './rule-error.ts'

/** A mistake in a rule file; line and column count from 1. */
export class RuleFileError extends Error {
  readonly line: number
  readonly column: number
  constructor(line: number, column: number, expected: string, found: string) {
    super(`line ${line}, column ${column}: expected ${expected}, found ${found}`)
    this.name = 'RuleFileError'
    this.line = line
    this.column = column
  }
}

/** Whether writing the rules again would lose something that a person wrote. */
export const hasComments = (text: string): boolean => stripComments(text) !== text

const mostRules = 10_000

/**
 * Reads a list of rules in JSON with comments and trailing commas:
 * `[{ "when": FILTER, "do": ACTION or [ACTION, …], "name": …, "enabled": true, "stop": false }]`. `folder`: where relative
 * paths lead from. Throws RuleFileError for the first mistake.
 */
export function readRuleFile(text: string, folder?: string): readonly RuleSource[] {
  try {
    const root = treeOf(text)
    if (root.type !== 'array') throw mistake(root, 'a list of rules: [', text)
    const rules = root.children ?? []
    if (rules.length > mostRules) throw mistake(rules[mostRules]!, `at most ${mostRules} rules`, text)
    return rules.map(node => ruleOf(node, text, folder))
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    const before = text.slice(0, error.position).split(/\r\n|\r|\n/)
    throw new RuleFileError(before.length, before.at(-1)!.length + 1, error.expected, error.found)
  }
}

const mostDepth = 100

function treeOf(text: string): Node {
  const deep = tooDeep(text)
  if (deep !== undefined) throw new RuleError(deep, 'a rule', 'too many brackets')
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true, disallowComments: false })
  const [first] = errors
  if (first)
    throw new RuleError(
      first.offset,
      expectedBy[printParseErrorCode(first.error)] ?? 'JSON',
      foundAt(text, first.offset, first.length),
    )
  return root ?? fail(text.length, 'a list of rules: [', 'the end')
}

/** Where brackets nest deeper than any rule; the parser would go as deep. Those in strings and comments count too. */
function tooDeep(text: string): number | undefined {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    if (depth > mostDepth) return at
  }
  return undefined
}

const expectedBy: Readonly<Record<string, string>> = {
  InvalidSymbol: 'JSON: names and strings stand in double quotes',
  PropertyNameExpected: 'a name in double quotes, or }',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'the end',
  UnexpectedEndOfComment: 'the end of the comment: */',
  UnexpectedEndOfString: 'the closing " of a string',
  InvalidEscapeCharacter: 'an escape that JSON has, as \\\\ or \\"',
  InvalidCharacter: 'a string without control characters',
}

type Field = 'when' | 'do' | 'name' | 'enabled' | 'stop'
const fields: readonly string[] = ['when', 'do', 'name', 'enabled', 'stop'] satisfies readonly Field[]

function ruleOf(node: Node, text: string, folder: string | undefined): RuleSource {
  if (node.type !== 'object') throw mistake(node, 'a rule: {"when": …, "do": …}', text)
  const parts = new Map<string, Node>()
  for (const { children = [] } of node.children ?? []) {
    const [key, value] = children
    const name = String(key!.value)
    if (!fields.includes(name) || parts.has(name)) throw mistake(key!, `one each of ${fields.join(', ')}`, text)
    if (value) parts.set(name, value)
  }
  const when = parts.get('when') ?? fail(node.offset, '"when" in the rule', 'none')
  const actions = actionsOf(parts.get('do') ?? fail(node.offset, '"do" in the rule', 'none'), text)
  const source: RuleSource = {
    when: stringOf(when, 'a filter as a string', text),
    do: actions.map(action => stringOf(action, 'an action as a string', text)),
    ...named(parts, 'name', text),
    ...flagged(parts, 'enabled', text),
    ...flagged(parts, 'stop', text),
    ...(folder !== undefined && { folder }),
  }
  check(source, when, actions, text)
  return source
}

const actionsOf = (node: Node, text: string): readonly Node[] => {
  if (node.type === 'array') return node.children ?? []
  if (node.type === 'string') return [node]
  throw mistake(node, 'an action as a string, or a list of them', text)
}

function check(source: RuleSource, when: Node, actions: readonly Node[], text: string): void {
  try {
    readRule(source)
  } catch (error) {
    if (!(error instanceof RulePartError)) throw error
    const node = error.part === 'when' ? when : actions[error.part]!
    throw new RuleError(placeIn(node, error.mistake.position, text), error.mistake.expected, error.mistake.found)
  }
}

/** Where a character of a string's value stands in the file: escapes take more room there. */
function placeIn({ offset }: Node, position: number, text: string): number {
  let at = offset + 1
  for (let left = position; left > 0; left--) at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2
  return at
}

function stringOf(node: Node, expected: string, text: string): string {
  if (node.type !== 'string') throw mistake(node, expected, text)
  return node.value as string
}

function named(parts: ReadonlyMap<string, Node>, name: 'name', text: string): { readonly name?: string } {
  const node = parts.get(name)
  return node ? { name: stringOf(node, 'a name as a string', text) } : {}
}

function flagged<Name extends 'enabled' | 'stop'>(parts: ReadonlyMap<string, Node>, name: Name, text: string) {
  const node = parts.get(name)
  if (node && node.type !== 'boolean') throw mistake(node, 'true or false', text)
  return node ? ({ [name]: node.value as boolean } as { [N in Name]: boolean }) : {}
}

const mistake = (node: Node, expected: string, text: string): RuleError =>
  new RuleError(node.offset, expected, foundAt(text, node.offset, node.length))

function fail(position: number, expected: string, found: string): never {
  throw new RuleError(position, expected, found)
}

/** At most one line of it. */
function foundAt(text: string, offset: number, length: number): string {
  const found = text.slice(offset, offset + Math.max(length, 1)).split(/[\r\n]/)[0]!
  return found === '' ? 'the end' : found.length > 40 ? `${found.slice(0, 40)}…` : found
}
