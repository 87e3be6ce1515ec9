/** A regular expression that LIKE can stand for. Each token stands for one character, escaped for LIKE. */
export interface LikeParts {
  readonly tokens: readonly string[]
  /** It began with `^`, it ended with `$`. */
  readonly anchored: { readonly start: boolean; readonly end: boolean }
}

/**
 * The parts of a LIKE pattern (escape character `\`) that matches what a regular expression matches, where there is one:
 * plain ASCII characters, `.`, escaped punctuation, and `^` and `$` at the ends. Undefined for anything more.
 * LIKE folds ASCII letters alone, as the expression's `i` does when its letters are ASCII.
 */
export function likeParts(pattern: string): LikeParts | undefined {
  const start = pattern.startsWith('^')
  const tokens: string[] = []
  let end = false
  for (let at = start ? 1 : 0; at < pattern.length; at++) {
    let char = pattern[at]!
    if (char === '$' && at === pattern.length - 1) {
      end = true
      break
    }
    if (char === '.') {
      tokens.push('_')
      continue
    }
    if (char === '\\') {
      char = pattern[++at] ?? ''
      if (!/[!-/:-@[-`{-~]/.test(char)) return undefined
    } else if (/[\^$*+?()[\]{}|]/.test(char)) return undefined
    if (char < ' ' || char > '~') return undefined
    tokens.push(char === '%' || char === '_' || char === '\\' ? `\\${char}` : char)
  }
  return { tokens, anchored: { start, end } }
}

/** The whole pattern, for `LIKE ? ESCAPE '\'`. */
export function likeOf(pattern: string): string | undefined {
  const parts = likeParts(pattern)
  return parts && `${parts.anchored.start ? '' : '%'}${parts.tokens.join('')}${parts.anchored.end ? '' : '%'}`
}
