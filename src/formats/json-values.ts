import { type JsonToken, type JsonTokenKind, jsonTokenAt } from './json-tokens.ts'

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
  const open: Open[] = []
  let read = 0
  const next = (): JsonToken => {
    const token = jsonTokenAt(text, read)
    if (!token || token.kind === 'broken') throw new JsonError(token ? token.start : text.length)
    read = token.end
    return token
  }
  for (let token = next(), first = true; ; token = next()) {
    const inside = open.at(-1)
    let { end } = token
    if (inside && first && token.kind === inside.closes) open.pop()
    else {
      const begin = readBegin(text, token, next, inside)
      yield begin.event
      end = begin.end
      first = begin.event.kind === '{' || begin.event.kind === '['
      if (first) {
        if (open.length >= mostDepth) throw new JsonError(begin.event.start, 'JSON that is too deep')
        open.push({ closes: begin.event.kind === '{' ? '}' : ']', index: 0 })
        continue
      }
    }
    for (let over = end; ; over = token.end) {
      yield { type: 'end', end: over }
      const around = open.at(-1)
      if (!around) return leftover(text, read)
      token = next()
      if (token.kind === ',') break
      expect(token, around.closes)
      open.pop()
    }
    open.at(-1)!.index++
    first = false
  }
}

/** The name of a member, if it is one, and the first token of the value, whose end is that of the value where it is a scalar. */
function readBegin(
  text: string,
  first: JsonToken,
  next: () => JsonToken,
  inside: Open | undefined,
): { readonly event: JsonBegin; readonly end: number } {
  const name = inside?.closes === '}' ? nameIn(text, first) : undefined
  if (name !== undefined) expect(next(), ':')
  const { kind, start, end } = name === undefined ? first : next()
  if (kind === '}' || kind === ']' || kind === ',' || kind === ':') throw new JsonError(start)
  const index = inside?.index ?? 0
  const event = {
    type: 'begin',
    itemStart: first.start,
    start,
    index,
    kind,
    ...(name !== undefined && { name }),
  } as const
  return { event, end }
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

function leftover(text: string, from: number): void {
  const token = jsonTokenAt(text, from)
  if (token) throw new JsonError(token.start)
}
