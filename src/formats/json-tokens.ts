export type JsonTokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'word' | 'broken'

/** One token of JSON (RFC 8259), by its place in the text: `text.slice(start, end)` is it, exactly as written. */
export interface JsonToken {
  readonly kind: JsonTokenKind
  readonly start: number
  readonly end: number
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const words = new Set(['true', 'false', 'null'])
const longestScalar = 100_000

/** What is no token is one `broken` token up to the next white space or punctuator. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  for (let at = 0; ; ) {
    while (isSpace(text.charCodeAt(at))) at++
    if (at >= text.length) return
    const token = readToken(text, at)
    yield token
    at = token.end
  }
}

function readToken(text: string, start: number): JsonToken {
  const c = text[start]!
  if (isPunctuator(c)) return { kind: c, start, end: start + 1 }
  if (c === '"') return readString(text, start)
  let end = start + 1
  while (end < text.length && !isSpace(text.charCodeAt(end)) && !isPunctuator(text[end]!) && text[end] !== '"') end++
  return { kind: scalarKind(text, start, end), start, end }
}

function scalarKind(text: string, start: number, end: number): JsonTokenKind {
  if (end - start > longestScalar) return 'broken'
  const scalar = text.slice(start, end)
  return words.has(scalar) ? 'word' : number.test(scalar) ? 'number' : 'broken'
}

/** A string without an end is broken; control characters in it, which RFC 8259 7 forbids, are let through. */
function readString(text: string, start: number): JsonToken {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at++
    else if (code === 0x22) return { kind: 'string', start, end: at + 1 }
  }
  return { kind: 'broken', start, end: text.length }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

const isPunctuator = (c: string): c is '{' | '}' | '[' | ']' | ',' | ':' => '{}[],:'.includes(c)
