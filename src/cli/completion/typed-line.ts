/** A command line up to the cursor, as a shell reads it. */
export interface TypedLine {
  /** Without their quotes and backslashes; the last one is being typed, and may be empty. */
  readonly words: readonly string[]
  /** The quote in which the last word ends. */
  readonly quote?: '"' | "'"
}

const special = /[\s"'\\]/

/** Splits what was typed into words: quotes and backslashes as in bash, zsh and fish; nothing is expanded. Never throws. */
export function readTypedLine(line: string): TypedLine {
  const words: string[] = []
  let word: string | undefined
  let quote: '"' | "'" | undefined
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!
    if (quote) {
      if (character === quote) quote = undefined
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(line[at + 1] ?? '')) word += line[++at]!
      else word += character
    } else if (!special.test(character)) word = (word ?? '') + character
    else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') word = (word ?? '') + (line[++at] ?? '')
    else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  return { words: [...words, word ?? ''], ...(quote && { quote }) }
}

/** The words after the program's own name; before it a shell may have variables. */
export function argumentsOf({ words, ...rest }: TypedLine): TypedLine {
  const own = words.findIndex(word => /(?:^|[\\/])parley[\w.-]*$/.test(word))
  return { words: words.slice(own < 0 ? 1 : own + 1), ...rest }
}

/**
 * What bash is to put in the place of the last word: readline replaces what follows the last of its word breaks, and
 * quotes nothing itself.
 */
export function forBash(candidate: string, { words, quote }: TypedLine): string {
  if (quote === "'") return candidate.replaceAll("'", `'\\''`)
  if (quote === '"') return candidate.replace(/["\\$`]/g, '\\$&')
  const typed = words.at(-1)!
  const brk = Math.max(typed.lastIndexOf('='), typed.lastIndexOf(':'))
  return candidate.slice(brk + 1).replace(/[^\w@%+=:,./~-]/g, '\\$&')
}
