import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { BodySide, ExchangeId } from '../model/exchange.ts'
import { type Problem, problemOf } from '../problem/problem.ts'
import { BodyFile } from './body-file.ts'
import { bodySides, sides } from './codes.ts'
import { bytes, checked, optional, record, whole } from './shape.ts'

export interface Bodies {
  /**
   * The bytes of [from, from + length) that were kept. Ends early where the body ends or a part is missing; empty where
   * `from` itself was not kept.
   */
  read(id: ExchangeId, side: BodySide, from: number, length: number): Uint8Array
  /** Where the last kept byte ends that can be read. */
  length(id: ExchangeId, side: BodySide): number
  /** Why kept bytes of this body, or of any, cannot be read; undefined where they can. */
  problem(id?: ExchangeId, side?: BodySide): Problem | undefined
  close(): void
}

/** Reads bodies: the first part stands with the exchange, the others in a table or in a file, in order of offset. */
export function bodies(database: DatabaseSync, path: string): Bodies {
  const first = firstParts(database)
  const later = laterParts(database)
  const file = bodyFile(database, path)
  return {
    read(id, side, from, length) {
      const pieces: Uint8Array[] = []
      const end = from + length
      let at = from
      /** Takes what is wanted of a part; false where that is all, or the rest is missing. */
      const take = (part: Part): boolean => {
        if (part.offset > at) return false
        const to = Math.min(part.offset + part.length, end)
        if (to <= at) return at < end
        const piece = file.bytesOf(part, at - part.offset, to - part.offset)
        pieces.push(piece)
        at += piece.length
        return at === to && at < end
      }
      const head = first.length(id, side)
      if (from >= head || take({ offset: 0, length: head, bytes: first.bytes(id, side) }))
        for (const part of later.of(id, side, at, end)) if (!take(part)) break
      return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    },
    length(id, side) {
      const head = first.length(id, side)
      for (const part of later.lastFirst(id, side)) {
        const there = file.lengthOf(part)
        if (there > 0) return Math.max(head, part.offset + there)
      }
      return head
    },
    problem: file.problem,
    close: file.close,
  }
}

interface Part {
  readonly offset: number
  readonly length: number
  readonly bytes?: Uint8Array
  /** In the file, where it has no bytes here. */
  readonly place?: number
}

const partShape = record<Part>({ offset: whole, length: whole, bytes: optional(bytes), place: optional(whole) })

function* partsOf(rows: Iterable<Record<string, SQLOutputValue>>): Iterable<Part> {
  for (const { offset, length, bytes, place } of rows)
    yield checked(
      { offset, length, bytes: bytes ?? undefined, place: place ?? undefined },
      partShape,
      'a part of a body',
    )
}

function firstParts(database: DatabaseSync) {
  const bytes = sides.map(side => database.prepare(`SELECT ${side}_body AS bytes FROM messages WHERE id = ?`))
  const length = sides.map(side =>
    database.prepare(`SELECT ifnull(length(${side}_body), 0) AS n FROM messages WHERE id = ?`),
  )
  return {
    bytes: (id: ExchangeId, side: BodySide) => bytes[bodySides.indexOf(side)]!.get(id)!.bytes as Uint8Array,
    /** 0 for the server's side, of which nothing stands there. */
    length: (id: ExchangeId, side: BodySide) =>
      (length[bodySides.indexOf(side)]?.get(id)?.n as number | undefined) ?? 0,
  }
}

function laterParts(database: DatabaseSync) {
  const inRange = (table: string): string => {
    const own = `FROM ${table} WHERE exchange = ?1 AND side = ?2`
    return `${own} AND offset < ?4 AND offset >= ifnull((SELECT max(offset) ${own} AND offset <= ?3), 0)`
  }
  const parts = database.prepare(
    `SELECT offset, length(bytes) AS length, bytes, NULL AS place ${inRange('bodies')} UNION ALL
      SELECT offset, length, NULL, place ${inRange('body_parts')} ORDER BY offset`,
  )
  const lastFirst = database.prepare(
    `SELECT offset, length(bytes) AS length, NULL AS place FROM bodies WHERE exchange = ?1 AND side = ?2 UNION ALL
      SELECT offset, length, place FROM body_parts WHERE exchange = ?1 AND side = ?2 ORDER BY offset DESC`,
  )
  return {
    /** Those that reach into [from, to). */
    of: (id: ExchangeId, side: BodySide, from: number, to: number) =>
      partsOf(parts.iterate(id, bodySides.indexOf(side), from, to)),
    /** Without their bytes. */
    lastFirst: (id: ExchangeId, side: BodySide) => partsOf(lastFirst.iterate(id, bodySides.indexOf(side))),
  }
}

/** The file beside the capture, opened where one of its bodies is asked for. */
function bodyFile(database: DatabaseSync, path: string) {
  const identity = database.prepare('SELECT body_file AS id FROM capture')
  const endOf = database.prepare(
    'SELECT CAST(max(place + length) AS REAL) AS n FROM body_parts WHERE exchange = ? AND side = ?',
  )
  const endOfAll = database.prepare('SELECT CAST(max(place + length) AS REAL) AS n FROM body_parts')
  let opened: BodyFile | undefined
  const file = (): BodyFile => {
    opened ??= new BodyFile(path, identity.get()?.id)
    return opened
  }
  return {
    /** Of [from, to) of the part as many as are there. */
    bytesOf: ({ bytes, place }: Part, from: number, to: number): Uint8Array =>
      bytes?.subarray(from, to) ?? file().read(place! + from, to - from),
    /** How much of the part is there. */
    lengthOf: ({ length, place }: Part): number => (place === undefined ? length : file().bytesAt(place, length)),
    problem(id?: ExchangeId, side?: BodySide): Problem | undefined {
      const row = id === undefined || side === undefined ? endOfAll.get() : endOf.get(id, bodySides.indexOf(side))
      if (typeof row?.n !== 'number') return undefined
      const size = file().size()
      if (typeof size !== 'number') return size
      return row.n > size ? problemOf('store/bodies-cut', { detail: file().path }) : undefined
    },
    close: () => opened?.close(),
  }
}
