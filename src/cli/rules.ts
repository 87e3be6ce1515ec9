import { unwatchFile, watchFile } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { RuleSource } from '../rules/rule.ts'
import { RuleError } from '../rules/rule-error.ts'
import { RuleFileError, readRuleFile } from '../rules/rule-file.ts'
import { readRuleText } from '../rules/rule-text.ts'
import { CliError, usageExitCode } from './fail.ts'
import { readBounded } from './read-bounded.ts'
import type { RuleWishes } from './rule-wishes.ts'

const mostBytes = 4 * 1024 * 1024

/** All rules that are wished for. Throws CliError with exit code 2, which names the place of the first mistake. */
export function readRules({ first, texts, file, last }: RuleWishes): readonly RuleSource[] {
  const typed = texts.map(text => readTyped(text))
  return [...first, ...typed, ...(file === undefined ? [] : readFile(file)), ...last]
}

function readTyped(text: string): RuleSource {
  try {
    return readRuleText(text)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    const { position, expected, found } = error
    throw new CliError(`--rule '${text}': column ${position + 1}: expected ${expected}, found ${found}`, usageExitCode)
  }
}

function readFile(path: string): readonly RuleSource[] {
  let text: string
  try {
    text = readBounded(path, mostBytes).toString()
  } catch (error) {
    throw new CliError(`--rules: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`, usageExitCode)
  }
  try {
    return readRuleFile(text, dirname(resolve(path)))
  } catch (error) {
    if (!(error instanceof RuleFileError)) throw error
    throw new CliError(`${path}, ${error.message}`, usageExitCode)
  }
}

const lookEvery = 500 // ms

/**
 * Reads the rules anew whenever their file changes, however an editor writes it. After a mistake those in force stay.
 * Returns how to stop.
 */
export function watchRules(
  wishes: RuleWishes & { readonly file: string },
  use: (rules: readonly RuleSource[]) => void,
  say: (text: string) => void,
): () => void {
  const look = (): void => {
    try {
      const rules = readRules(wishes)
      use(rules)
      say(`${wishes.file}: ${rules.length} ${rules.length === 1 ? 'rule is' : 'rules are'} in force`)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      say(`${error.message}; the rules that were in force stay`)
    }
  }
  watchFile(wishes.file, { interval: lookEvery, persistent: false }, look)
  return () => unwatchFile(wishes.file, look)
}
