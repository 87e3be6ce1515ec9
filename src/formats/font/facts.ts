import { MalformedError } from '../../wire/reader.ts'
import { BinaryReader } from '../binary-reader.ts'
import type { FontTables } from './tables.ts'

/** What the tables of a font say in words: names, glyphs, units. What is cut short or broken is left out. */
export function fontFacts(tables: FontTables): readonly (readonly [name: string, value: string])[] {
  const glyphs = readable(() => u16At(tables.table('maxp'), 4))
  const units = readable(() => u16At(tables.table('head'), 18))
  const names = readable(() => readNames(tables.table('name'))) ?? []
  return [
    ...names,
    ...(glyphs === undefined ? [] : [['glyphs', String(glyphs)] as const]),
    ...(units === undefined ? [] : [['units per em', String(units)] as const]),
    ...(tables.table('fvar') ? [['variable', 'yes'] as const] : []),
  ]
}

function u16At(table: Uint8Array | undefined, offset: number): number | undefined {
  if (!table) return undefined
  const reader = new BinaryReader(table)
  reader.at = offset
  return reader.u16()
}

const nameIds = ['copyright', 'family', 'style', 'unique ID', 'full name', 'version', 'PostScript name']
const mostRecords = 500
const longestName = 500

/** The first seven names, in English where there is a choice: Windows in UTF-16, Macintosh in Latin-1 for want of more. */
function readNames(table: Uint8Array | undefined): readonly (readonly [string, string])[] {
  if (!table) return []
  const reader = new BinaryReader(table)
  reader.u16()
  const count = reader.u16()
  const strings = reader.u16()
  const found = new Map<number, { readonly rank: number; readonly text: string }>()
  for (let i = 0; i < Math.min(count, mostRecords) && reader.left >= 12; i++) {
    const [platform, , language, id, length, offset] = [0, 1, 2, 3, 4, 5].map(() => reader.u16()) as number[]
    const bytes = Buffer.from(table.subarray(strings + offset!, strings + offset! + Math.min(length!, longestName)))
    const rank = platform === 3 ? (language === 0x409 ? 3 : 1) : 2
    const text = platform === 1 ? bytes.toString('latin1') : new TextDecoder('utf-16be').decode(bytes)
    if (id! < nameIds.length && rank > (found.get(id!)?.rank ?? 0)) found.set(id!, { rank, text })
  }
  return nameIds.flatMap((name, id) => (found.has(id) ? [[name, found.get(id)!.text] as const] : []))
}

/** Undefined where the bytes end too early. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
