import { type JsonToken, jsonTokens } from './json-tokens.ts'

/** The members of a JSON object, each value as written; the last of a name counts. Undefined for anything else. */
export function jsonMembers(text: string): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>()
  let depth = 0
  let name: JsonToken | undefined
  let from = -1
  for (const token of jsonTokens(text)) {
    const { kind, start, end } = token
    if (kind === 'broken' || (depth === 0 && kind !== '{')) return undefined
    if (depth === 1 && (kind === ',' || kind === '}')) {
      if (name && from >= 0) members.set(jsonString(text, name), text.slice(from, start).trim())
      name = undefined
      from = -1
    } else if (depth === 1 && kind === ':' && from < 0) from = end
    else if (depth === 1 && from < 0) name = token
    if (kind === '{' || kind === '[') depth++
    else if ((kind === '}' || kind === ']') && --depth === 0) return members
  }
  return undefined
}

/** The elements of a JSON array, each as written; undefined for anything else. */
export function jsonElements(text: string, most: number): readonly string[] | undefined {
  const elements: string[] = []
  let depth = 0
  let from = -1
  for (const { kind, start } of jsonTokens(text)) {
    if (kind === 'broken' || (depth === 0 && kind !== '[')) return undefined
    if (depth === 1 && (kind === ',' || kind === ']')) {
      if (from >= 0) elements.push(text.slice(from, start).trim())
      if (elements.length >= most) return elements
      from = -1
    } else if (depth === 1 && from < 0) from = start
    if (kind === '{' || kind === '[') depth++
    else if ((kind === '}' || kind === ']') && --depth === 0) return elements
  }
  return undefined
}

const jsonString = (text: string, { start, end }: JsonToken): string => unescapeJson(text.slice(start, end)) ?? ''

/** What a JSON string says; undefined where the text is none. */
export function unescapeJson(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
