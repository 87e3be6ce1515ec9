import type { DatabaseSync } from 'node:sqlite'
import { headerLines, searchedBody } from '../filter/match.ts'
import type { Header } from '../model/exchange.ts'
import { type Bodies, bodies } from './bodies.ts'
import { sides } from './codes.ts'
import { decodeExchange } from './exchange-codec.ts'

/** Undoes the content codings of a body, or of its beginning. Never throws. */
export type DecodeBody = (bytes: Uint8Array, headers: readonly Header[]) => Uint8Array

/** Gives SQL the functions that toSql speaks of: regexp, header_matches and body_matches. Letter case does not count. */
export function addFilterFunctions(
  database: DatabaseSync,
  read: Bodies = bodies(database),
  decode: DecodeBody = bytes => bytes,
): void {
  const exchange = database.prepare('SELECT exchange FROM messages WHERE id = ?')
  const compiled = new Map<string, RegExp>()
  const test = (pattern: string, text: string): boolean => {
    let regex = compiled.get(pattern)
    if (!regex) {
      if (compiled.size >= 100) compiled.clear()
      regex = new RegExp(pattern, 'i')
      compiled.set(pattern, regex)
    }
    return regex.test(text)
  }
  const matches = (pattern: string, text: string | null): number | null =>
    text === null ? null : test(pattern, text) ? 1 : 0
  database.function('regexp', { deterministic: true }, (pattern, text) => matches(pattern as string, text as string))
  database.function('header_matches', (pattern, side, id) => {
    const row = exchange.get(id)
    const lines = row ? headerLines(decodeExchange(row.exchange as string), sides[side as number]!) : []
    return lines.some(line => test(pattern as string, line)) ? 1 : 0
  })
  database.function('body_matches', (pattern, side, id) => {
    const sent = read.read(id as number, sides[side as number]!, 0, searchedBody)
    if (sent.length === 0) return 0
    const row = exchange.get(id)
    const headers = row && decodeExchange(row.exchange as string)[sides[side as number]!]?.head.headers
    const bytes = decode(sent, headers ?? [])
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    return test(pattern as string, text) ? 1 : 0
  })
}
