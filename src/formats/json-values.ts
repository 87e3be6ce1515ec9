import { type JsonToken, type JsonTokenKind, jsonTokens } from './json-tokens.ts'

/** A value of a JSON text, in the order of the text: where it begins, and where it ends. */
export type JsonEvent = JsonBegin | JsonEnd

export interface JsonBegin {
  readonly type: 'begin'
  /** Of its name where it is a member. */
  readonly itemStart: number
  readonly start: number
  /** The name of a member. */
  readonly name?: string
  /** Its place in what holds it, from 0. */
  readonly index: number
  readonly kind: JsonTokenKind
}

export interface JsonEnd {
  readonly type: 'end'
  /** Behind its last character. */
  readonly end: number
}

/** What is no JSON text (RFC 8259), or is nested too deep. */
export class JsonError extends Error {
  constructor(at: number, what = 'no JSON') {
    super(`${what} at character ${at + 1}`)
  }
}

interface Open {
  readonly closes: '}' | ']'
  index: number
}

const mostDepth = 10_000

/** The values of one JSON text. Needs memory for its depth alone. Throws JsonError when it comes to what is none. */
export function* jsonValues(text: string): Generator<JsonEvent, void> {
  const tokens = jsonTokens(text)
  const open: Open[] = []
  const next = (): JsonToken => {
    const { value, done } = tokens.next()
    if (done || value.kind === 'broken') throw new JsonError(done ? text.length : value.start)
    return value
  }
  for (let token = next(), first = true; ; ) {
    const inside = open.at(-1)
    if (inside && first && token.kind === inside.closes) open.pop()
    else {
      const name = inside?.closes === '}' ? nameIn(text, token) : undefined
      const itemStart = token.start
      if (name !== undefined) {
        expect(next(), ':')
        token = next()
      }
      const { kind, start, end } = token
      if (kind === '}' || kind === ']' || kind === ',' || kind === ':') throw new JsonError(start)
      yield { type: 'begin', itemStart, start, index: inside?.index ?? 0, kind, ...(name !== undefined && { name }) }
      if (kind === '{' || kind === '[') {
        if (open.length >= mostDepth) throw new JsonError(start, 'JSON that is too deep')
        open.push({ closes: kind === '{' ? '}' : ']', index: 0 })
        first = true
        token = next()
        continue
      }
      token = { kind, start, end }
    }
    for (;;) {
      yield { type: 'end', end: token.end }
      const around = open.at(-1)
      if (!around) return leftover(tokens)
      token = next()
      if (token.kind === ',') break
      expect(token, around.closes)
      open.pop()
    }
    open.at(-1)!.index++
    first = false
    token = next()
  }
}

function nameIn(text: string, { kind, start, end }: JsonToken): string {
  if (kind !== 'string') throw new JsonError(start)
  const name = text.slice(start + 1, end - 1)
  if (!name.includes('\\')) return name
  try {
    return JSON.parse(`"${name}"`) as string
  } catch {
    throw new JsonError(start)
  }
}

function expect({ kind, start }: JsonToken, wanted: JsonTokenKind): void {
  if (kind !== wanted) throw new JsonError(start)
}

function leftover(tokens: Generator<JsonToken>): void {
  const { value, done } = tokens.next()
  if (!done) throw new JsonError(value.start)
}
