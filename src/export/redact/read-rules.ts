import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { JsonPathError, readJsonPath } from '../../formats/json-path.ts'
import { defaultRules, type RedactionRules } from './redaction.ts'

/** A mistake in a file of redaction rules; line and column count from 1. */
export class RedactionError extends Error {
  constructor(text: string, offset: number, why: string) {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/)
    super(`line ${before.length}, column ${before.at(-1)!.length + 1}: ${why}`)
    this.name = 'RedactionError'
  }
}

const members = ['headers', 'query', 'members', 'jsonPaths', 'keep'] as const
const mostBrackets = 100
const mostNames = 10_000

/**
 * Reads what is to be redacted besides what always is, JSON with comments:
 * `{ "headers": ["x-key"], "query": ["ticket"], "members": ["ssn"], "jsonPaths": ["$.user.name"], "keep": ["csrf-token"] }`;
 * `keep` names what stays though it looks like a secret. Throws RedactionError for the first mistake.
 */
export function readRedactionRules(text: string): RedactionRules {
  const root = treeOf(text)
  if (root.type !== 'object') throw new RedactionError(text, root.offset, 'expected { "headers": [ … ], … }')
  const found = new Map((root.children ?? []).map(each => memberOf(each, text)))
  const names = (member: (typeof members)[number]): ReadonlySet<string> =>
    new Set(found.get(member)?.map(node => String(node.value).toLowerCase()))
  return {
    ...defaultRules,
    ...{ headers: names('headers'), query: names('query'), members: names('members'), keep: names('keep') },
    jsonPaths: (found.get('jsonPaths') ?? []).map(node => pathOf(node, text)),
  }
}

function treeOf(text: string): Node {
  if ((text.match(/[[{]/g)?.length ?? 0) > mostBrackets) throw new RedactionError(text, 0, 'too many brackets')
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\ufeff/, ' '), errors, { allowTrailingComma: true, disallowComments: false })
  const [first] = errors
  if (first || !root)
    throw new RedactionError(
      text,
      first?.offset ?? 0,
      first ? `no JSON: ${printParseErrorCode(first.error)}` : 'nothing',
    )
  return root
}

function memberOf({ children = [] }: Node, text: string): readonly [string, readonly Node[]] {
  const [name, value] = children
  if (!name || !value || !members.some(each => each === name.value))
    throw new RedactionError(text, name?.offset ?? 0, `expected one of ${members.join(', ')}, found ${name?.value}`)
  const list = value.children ?? []
  if (value.type !== 'array' || list.length > mostNames)
    throw new RedactionError(text, value.offset, 'expected a list of names: [ … ]')
  for (const each of list)
    if (each.type !== 'string' || each.value === '')
      throw new RedactionError(text, each.offset, 'expected a name in quotes')
  return [String(name.value), list]
}

function pathOf({ value, offset }: Node, text: string): RedactionRules['jsonPaths'][number] {
  try {
    return readJsonPath(String(value))
  } catch (error) {
    throw error instanceof JsonPathError ? new RedactionError(text, offset, `${value}: ${error.message}`) : error
  }
}
