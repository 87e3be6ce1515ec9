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
  for (let token = jsonTokenAt(text, 0); token; token = jsonTokenAt(text, token.end)) yield token
}

/** The first token from that place on; undefined where there is none. */
export function jsonTokenAt(text: string, from: number): JsonToken | undefined {
  let start = from
  while (isSpace(text.charCodeAt(start))) start++
  if (start >= text.length) return undefined
  const code = text.charCodeAt(start)
  if (isPunctuator(code)) return { kind: text[start] as JsonTokenKind, start, end: start + 1 }
  if (code === 0x22) return readString(text, start)
  const end = scalarEnd(text, start + 1)
  return { kind: scalarKind(text, start, end), start, end }
}

function scalarEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22 || isSpace(code) || isPunctuator(code)) return at
  }
  return text.length
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

/** {}[],: */
const isPunctuator = (code: number): boolean =>
  code === 0x2c || code === 0x3a || code === 0x7b || code === 0x7d || code === 0x5b || code === 0x5d
