import type { DatabaseSync } from 'node:sqlite'
import type { ExchangeId, Side } from '../model/exchange.ts'
import { sides } from './codes.ts'

export interface Bodies {
  /**
   * The bytes of [from, from + length) that were kept. Ends early where the body ends or a part is missing; empty where
   * `from` itself was not kept.
   */
  read(id: ExchangeId, side: Side, from: number, length: number): Uint8Array
  /** Where the last kept byte ends. */
  length(id: ExchangeId, side: Side): number
}

/** Reads bodies: the first part stands with the exchange, the others in a table of their own, in order of offset. */
export function bodies(database: DatabaseSync): Bodies {
  const inline = sides.map(side => database.prepare(`SELECT ${side}_body AS bytes FROM messages WHERE id = ?`))
  const inlineLength = sides.map(side =>
    database.prepare(`SELECT ifnull(length(${side}_body), 0) AS n FROM messages WHERE id = ?`),
  )
  const parts = database.prepare(
    `SELECT offset, bytes FROM bodies WHERE exchange = ? AND side = ? AND offset < ? AND offset + length(bytes) > ?
      ORDER BY offset`,
  )
  const end = database.prepare(
    `SELECT offset + length(bytes) AS n FROM bodies WHERE exchange = ? AND side = ? ORDER BY offset DESC LIMIT 1`,
  )
  const firstLength = (id: ExchangeId, side: number): number => (inlineLength[side]!.get(id)?.n as number) ?? 0

  return {
    read(id, side, from, length) {
      const number = sides.indexOf(side)
      const wanted: Uint8Array[] = []
      let at = from
      const take = (offset: number, bytes: Uint8Array): boolean => {
        if (offset > at) return false
        const piece = bytes.subarray(at - offset, from + length - offset)
        wanted.push(piece)
        at += piece.length
        return at < from + length
      }
      const head = firstLength(id, number)
      if (from >= head || take(0, inline[number]!.get(id)!.bytes as Uint8Array))
        for (const part of parts.iterate(id, number, from + length, at))
          if (!take(part.offset as number, part.bytes as Uint8Array)) break
      return wanted.length === 1 ? wanted[0]! : joined(wanted)
    },
    length(id, side) {
      const number = sides.indexOf(side)
      return Math.max(firstLength(id, number), (end.get(id, number)?.n as number) ?? 0)
    },
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
