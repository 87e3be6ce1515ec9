import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { isSecretName } from './secret-names.ts'

const quoted = String.raw`(\\{0,31}")((?:[^"\\]|\\{1,31}u[\da-fA-F]{4}){1,128})\1`
const bare = String.raw`(?<![\w.$-])([\w.$-]{1,128})(?=\s{0,16}:\s{0,16}\\{0,31}")`
const member = new RegExp(String.raw`(?:${quoted}|${bare})\s{0,16}:\s{0,16}`, 'g')
const number = /-?\d[\d.eE+-]{0,64}/y
const quote = /\\{0,31}"/y

/**
 * A text without the values of members of JSON whose names say that they are secrets: strings, numbers, whole lists and
 * objects, also in JSON that stands in a string, at any depth, and in what is cut. Also `name: "…"`, as GraphQL has it.
 */
export function redactMembers(text: string, rules: RedactionRules, where: string, told: Told): string {
  const pieces: string[] = []
  let done = 0
  const search = new RegExp(member)
  for (let found = search.exec(text); found; found = search.exec(text)) {
    const name = found[2] ?? found[3] ?? ''
    const from = search.lastIndex
    const plain = unescaped(name)
    const one = text[from] === '[' ? plain.replace(/s$/i, '') : plain
    if (!isSecretName(plain, 'member', rules) && !isSecretName(one, 'member', rules)) continue
    const mark = found[1] ?? at(quote, text, from) ?? '"'
    const to = valueEnd(text, from, mark.length - 1)
    if (to === undefined || isDone(text.slice(from, to))) continue
    told(`member ${name}`, where)
    pieces.push(text.slice(done, from), mark, redactedWord, mark)
    done = to
    search.lastIndex = to
  }
  return pieces.length === 0 ? text : pieces.join('') + text.slice(done)
}

const unescaped = (name: string): string =>
  name.replace(/\\{1,31}u([\da-fA-F]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** Nothing is in it, or nothing any more. */
const isDone = (value: string): boolean =>
  value.length <= redactedWord.length + 64 && ['', redactedWord].includes(value.replace(/^\\*"|\\*"$/g, ''))

function at(pattern: RegExp, text: string, from: number): string | undefined {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0]
}

/** Where the value that begins there is over; undefined where none begins that could be a secret. */
function valueEnd(text: string, from: number, escapes: number): number | undefined {
  const first = text[from]
  if (first === '[' || first === '{') return bracketsEnd(text, from, escapes)
  const begins = at(quote, text, from)
  if (begins) return stringEnd(text, from + begins.length, begins.length - 1)
  const digits = at(number, text, from)
  return digits === undefined ? undefined : from + digits.length
}

/**
 * Of a string whose quotes have so many backslashes before them, as those of JSON within strings have: `\"` is one with 1, in
 * which `\\\"` is a quote that does not end it. A quote with fewer ends what is around it.
 */
function stringEnd(text: string, from: number, escapes: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = 0
    while (end - before > from && text[end - before - 1] === '\\') before++
    const rest = before % (2 * (escapes + 1))
    if (rest === escapes) return end + 1
    if (rest < escapes) return end - rest
  }
  return text.length
}

function bracketsEnd(text: string, from: number, escapes: number): number {
  let open = 0
  for (let index = from; index < text.length; index++) {
    const char = text[index]
    if (char === '"') {
      if (text.slice(Math.max(from, index - escapes), index) !== '\\'.repeat(escapes)) return index
      index = stringEnd(text, index + 1, escapes) - 1
    } else if (char === '[' || char === '{') open++
    else if ((char === ']' || char === '}') && --open === 0) return index + 1
  }
  return text.length
}
