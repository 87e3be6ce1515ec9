import type { DatabaseSync } from 'node:sqlite'
import type { ExchangeId } from '../model/exchange.ts'
import { openDatabase } from './open-database.ts'
import { withStoreErrors } from './store-error.ts'

/** What a person added to a flow. */
export interface Note {
  readonly marked: boolean
  /** Empty for none. */
  readonly comment: string
}

/** The write side: a note that says nothing is taken away. */
export function noteTable(database: DatabaseSync): (flow: ExchangeId, note: Note) => void {
  const put = database.prepare('INSERT OR REPLACE INTO notes(flow, marked, comment) VALUES (?, ?, ?)')
  const drop = database.prepare('DELETE FROM notes WHERE flow = ?')
  return (flow, { marked, comment }) => {
    if (marked || comment !== '') put.run(flow, marked ? 1 : 0, comment)
    else drop.run(flow)
  }
}

/** Writes a note into a capture that nobody records into. Throws StoreError where the file cannot be written. */
export function writeNote(path: string, flow: ExchangeId, note: Note): void {
  withStoreErrors(path, () => {
    const database = openDatabase(path, false)
    try {
      noteTable(database)(flow, note)
    } finally {
      database.close()
    }
  })
}

const mostMarked = 10_000

export function markedFlows(database: DatabaseSync): ExchangeId[] {
  const rows = database.prepare(`SELECT flow FROM notes WHERE marked = 1 ORDER BY flow LIMIT ${mostMarked}`)
  return rows.all().map(({ flow }) => flow as number)
}
