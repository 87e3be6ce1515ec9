import { type FieldLine, readFieldLines } from './field-lines.ts'

/**
 * A head written anew, latin1: the start line where it is given, and these fields. Whatever is unchanged keeps its very
 * bytes, found by name and value; those of equal lines in their order. `text` is the whole head as it came; `odd` as
 * FieldLines has it.
 */
export function writeHead(
  text: string,
  odd: boolean,
  start: string | undefined,
  headers: readonly FieldLine[],
): string {
  const fieldsAt = text.indexOf('\n') + 1
  const first = start === undefined ? text.slice(0, fieldsAt) : `${start}\r\n`
  return odd ? `${first}${oddLines(text, fieldsAt, headers)}` : `${first}${plainLines(headers)}\r\n`
}

/** Field lines as `name: value`, each with CRLF. */
export function plainLines(headers: readonly FieldLine[]): string {
  let lines = ''
  for (const [name, value] of headers) lines += `${name}: ${value}\r\n`
  return lines
}

function oddLines(text: string, fieldsAt: number, headers: readonly FieldLine[]): string {
  const known = new Map<string, string[]>()
  let unnamed = '' // lines that are no fields
  let end = ''
  for (const line of foldedLines(text, fieldsAt)) {
    const [field] = isEnd(line) ? [] : readFieldLines(`${line}\r\n`, 0).headers
    if (isEnd(line)) end = line
    else if (!field) unnamed += line
    else known.set(keyOf(field), [...(known.get(keyOf(field)) ?? []), line])
  }
  return unnamed + headers.map(field => known.get(keyOf(field))?.shift() ?? plainLines([field])).join('') + end
}

/** Each with its line end, and with the lines that are folded into it. */
function foldedLines(text: string, at: number): readonly string[] {
  const lines: string[] = []
  while (at < text.length) {
    let next = text.indexOf('\n', at) + 1 || text.length
    const isBlank = isEnd(text.slice(at, next))
    while (!isBlank && (text[next] === ' ' || text[next] === '\t')) next = text.indexOf('\n', next) + 1 || text.length
    lines.push(text.slice(at, next))
    at = next
  }
  return lines
}

const isEnd = (line: string): boolean => line === '\r\n' || line === '\n'

const keyOf = ([name, value]: FieldLine): string => `${name}\0${value}`
