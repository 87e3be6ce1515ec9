import { RulePartError, type RuleSource, readRule } from './rule.ts'
import { RuleError } from './rule-error.ts'

/**
 * Reads `FILTER => ACTION ARGUMENTS`, as a command line has it. Throws RuleError, with the place in this text. `folder`:
 * where relative paths lead from.
 */
export function readRuleText(text: string, folder?: string): RuleSource {
  const at = arrowIn(text)
  if (at === undefined) throw new RuleError(text.length, '" => " and an action after the filter', 'the end')
  const action = text.slice(at + 2)
  const from = at + 2 + (action.length - action.trimStart().length)
  const source = { when: text.slice(0, at).trimEnd(), do: [action.trim()], ...(folder !== undefined && { folder }) }
  try {
    readRule(source)
    return source
  } catch (error) {
    if (!(error instanceof RulePartError)) throw error
    const { position, expected, found } = error.mistake
    throw new RuleError(error.part === 'when' ? position : from + position, expected, found)
  }
}

/** Where the first `=>` stands by itself, outside of quotes as filters have them. */
function arrowIn(text: string): number | undefined {
  let quote: string | undefined
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quote !== undefined) {
      if (char === '\\') at++
      else if (char === quote) quote = undefined
    } else if (char === '"' || char === "'") quote = char
    else if (char === '=' && text[at + 1] === '>' && isEdge(text[at - 1]) && isEdge(text[at + 2])) return at
  }
  return undefined
}

const isEdge = (char: string | undefined): boolean => char === undefined || /\s/.test(char)
