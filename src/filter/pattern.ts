import { createRequire } from 'node:module'

/** A regular expression of a person's, case ignored. */
export interface Pattern {
  test(text: string): boolean
}

/** What we use of re2js: RE2, which takes a time that grows with the text alone (https://swtch.com/~rsc/regexp/regexp1.html). */
interface Re2 {
  readonly RE2JS: {
    readonly CASE_INSENSITIVE: number
    compile(pattern: string, flags: number): { matcher(text: string): { find(): boolean } }
    translateRegExp(pattern: string): string
  }
}

let re2: Re2['RE2JS'] | undefined

const loadRe2 = (): Re2['RE2JS'] => {
  re2 ??= (createRequire(import.meta.url)('re2js') as Re2).RE2JS // a quarter of a megabyte that few filters need
  return re2
}

const mostChoices = 6 // 64 ways through the pattern from each place in the text

/**
 * An expression without repetition and with few choices goes to the engine of JavaScript, which is some hundred times as
 * fast; any other to RE2, because JavaScript's may take for ever. Throws for what is no regular expression, and for look-around
 * and back-references, which RE2 does without.
 */
export function compilePattern(pattern: string): Pattern {
  const native = new RegExp(pattern, 'i')
  if (isQuick(pattern)) return native
  if (/\\k</.test(pattern)) throw new SyntaxError('a back-reference') // RE2 would read it as a letter
  const { CASE_INSENSITIVE, compile, translateRegExp } = loadRe2()
  const compiled = compile(translateRegExp(pattern), CASE_INSENSITIVE)
  return { test: text => compiled.matcher(text).find() }
}

function isQuick(pattern: string): boolean {
  const bare = pattern.replace(/\\[^1-9k]/gs, '').replace(/\[[^\]]*\]/g, '')
  return !/[*+{\\]|\(\?/.test(bare) && (bare.match(/[?|]/g)?.length ?? 0) <= mostChoices
}
