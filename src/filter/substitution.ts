import { compileRe2, isQuick, loadRe2 } from './pattern.ts'

/** Gives the text with every match replaced, the very text where there is none; undefined where it grew past `most` characters. */
export type Substitution = (text: string, most?: number) => string | undefined

const mostCharacters = 32 * 1024 * 1024

/**
 * Reads what is to be replaced, a text or a `/regular expression/` with the flags i, m and s, and what with: in that of an
 * expression `$1` to `$99`, `$<name>`, `$&` and `$$` mean what they do in JavaScript. Throws SyntaxError for what is no
 * regular expression, and for look-around and back-references, which RE2 does without.
 */
export function readSubstitution(wanted: string, replacement: string): Substitution {
  if (wanted === '') throw new SyntaxError('nothing to replace')
  const { source, flags } = /^\/(?<source>.+)\/(?<flags>[ims]{0,3})$/s.exec(wanted)?.groups ?? {}
  if (source === undefined) return (text, most = mostCharacters) => replaceText(text, wanted, replacement, most)
  const find = compile(source, flags ?? '')
  const pieces = piecesOf(replacement)
  return (text, most = mostCharacters) => replaceMatches(text, find(text), pieces, most)
}

function replaceText(text: string, wanted: string, replacement: string, most: number): string | undefined {
  const parts = text.split(wanted)
  const length = text.length + (parts.length - 1) * (replacement.length - wanted.length)
  return parts.length === 1 ? text : length > most ? undefined : parts.join(replacement)
}

interface Found {
  readonly start: number
  readonly end: number
  /** How many groups the expression has. */
  readonly groups: number
  group(which: number | string): string | undefined
}

function compile(source: string, flags: string): (text: string) => Iterable<Found> {
  const native = new RegExp(source, `${[...new Set(flags)].join('')}g`)
  return isQuick(source) ? text => matchesOf(text, native) : compileSlow(source, flags)
}

function* matchesOf(text: string, expression: RegExp): Generator<Found> {
  for (const match of text.matchAll(expression))
    yield {
      start: match.index,
      end: match.index + match[0].length,
      groups: match.length - 1,
      group: which => (typeof which === 'number' ? match[which] : match.groups?.[which]),
    }
}

function compileSlow(source: string, flags: string): (text: string) => Iterable<Found> {
  const { CASE_INSENSITIVE, DOTALL, MULTILINE } = loadRe2()
  const has = (flag: string, value: number): number => (flags.includes(flag) ? value : 0)
  const compiled = compileRe2(source, has('i', CASE_INSENSITIVE) | has('s', DOTALL) | has('m', MULTILINE))
  return function* (text) {
    const matcher = compiled.matcher(text)
    const groups = matcher.groupCount()
    const group = (which: number | string): string | undefined => {
      try {
        return matcher.group(which) ?? undefined
      } catch {
        return undefined // one that the expression has not
      }
    }
    while (matcher.find()) yield { start: matcher.start(), end: matcher.end(), groups, group }
  }
}

type Piece = string | { readonly group: number | string }

const reference = /\$(?:(?<dollar>\$)|(?<whole>&)|(?<number>\d{1,2})|<(?<name>\w+)>)/g

function piecesOf(replacement: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of replacement.matchAll(reference)) {
    const { dollar, whole, number, name } = match.groups!
    pieces.push(replacement.slice(from, match.index))
    if (dollar) pieces.push('$')
    else pieces.push({ group: whole ? 0 : (name ?? Number(number)) })
    from = match.index + match[0].length
  }
  return [...pieces, replacement.slice(from)]
}

function replaceMatches(
  text: string,
  matches: Iterable<Found>,
  pieces: readonly Piece[],
  most: number,
): string | undefined {
  const parts: string[] = []
  let from = 0
  let length = text.length
  for (const found of matches) {
    const { start, end } = found
    const put = pieces.map(piece => (typeof piece === 'string' ? piece : groupText(found, piece.group))).join('')
    length += put.length - (end - start)
    if (length > most) return undefined
    parts.push(text.slice(from, start), put)
    from = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}

/** `$10` is the first group and a 0 where there are fewer than ten. */
function groupText({ groups, group }: Found, which: number | string): string {
  if (typeof which === 'string' || which < 10 || which <= groups) return group(which) ?? ''
  return (group(Math.trunc(which / 10)) ?? '') + (which % 10)
}
