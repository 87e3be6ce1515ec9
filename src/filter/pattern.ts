import { createRequire } from 'node:module'

/** A regular expression of a person's, case ignored. */
export interface Pattern {
  test(text: string): boolean
}

/** What we use of re2js: RE2, which takes a time that grows with the text alone (https://swtch.com/~rsc/regexp/regexp1.html). */
export interface Re2 {
  readonly CASE_INSENSITIVE: number
  readonly DOTALL: number
  readonly MULTILINE: number
  compile(pattern: string, flags: number): { matcher(text: string): Re2Matcher }
  translateRegExp(pattern: string): string
}

export interface Re2Matcher {
  find(): boolean
  start(): number
  end(): number
  groupCount(): number
  /** Null where it took no part in the match; throws for a name that the expression has not. */
  group(which: number | string): string | null
}

let re2: Re2 | undefined

export const loadRe2 = (): Re2 => {
  // a quarter of a megabyte that few filters need
  re2 ??= (createRequire(import.meta.url)('re2js') as { readonly RE2JS: Re2 }).RE2JS
  return re2
}

const mostChoices = 6 // 64 ways through the pattern from each place in the text

/**
 * An expression without repetition and with few choices goes to the engine of JavaScript, which is some hundred times as
 * fast; any other to RE2, because JavaScript's may take for ever, and only with texts that hold what every match has.
 * Throws for what is no regular expression, and for look-around and back-references, which RE2 does without.
 */
export function compilePattern(pattern: string): Pattern {
  const native = new RegExp(pattern, 'i')
  if (isQuick(pattern)) return native
  const compiled = compileRe2(pattern, loadRe2().CASE_INSENSITIVE)
  const needed = neededTexts(pattern).map(text => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu'))
  return { test: text => needed.every(part => part.test(text)) && compiled.matcher(text).find() }
}

/** An expression in JavaScript's writing for RE2. */
export function compileRe2(pattern: string, flags: number): ReturnType<Re2['compile']> {
  if (/\\k</.test(pattern)) throw new SyntaxError('a back-reference') // RE2 would read it as a letter
  const { compile, translateRegExp } = loadRe2()
  return compile(translateRegExp(pattern), flags)
}

/** Without repetition and with few choices: JavaScript's engine needs a time for it that grows with the text alone. */
export function isQuick(pattern: string): boolean {
  const bare = pattern.replace(/\\[^1-9k]/gs, '').replace(/\[[^\]]*\]/g, '')
  return !/[*+{\\]|\(\?/.test(bare) && (bare.match(/[?|]/g)?.length ?? 0) <= mostChoices
}

const parts = /(\\.|\[(?:\\.|[^\]\\])*\]|.)((?:[*+?]|\{[^}]*\})*)/gs

/**
 * ASCII texts of which every match has each: what stands together without a character that is repeated or may be missing,
 * the first of `+` apart. None of an expression with groups or choices.
 */
function neededTexts(pattern: string): readonly string[] {
  if (/[(|]|\\[^\WbBdDwWsSnrtfv]/.test(pattern)) return [] // escapes of several characters too
  const runs = ['']
  for (const [, part = '', repeated = ''] of pattern.matchAll(parts)) {
    const plain = /^(?:\\[!-/:-@[-`{-~]|[^\\^$.[\]])$/.test(part) && /[ -~]$/.test(part)
    if (plain && (repeated === '' || repeated.startsWith('+'))) runs.push(runs.pop() + part.at(-1)!)
    if (!plain || repeated !== '') runs.push('')
  }
  return runs.filter(({ length }) => length > 1)
}
