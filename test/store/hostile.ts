/** Captures that somebody made to do harm: every text in them is full of what moves a terminal. */
import { copyFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** C0, CSI, OSC 8 and 52, C1 in both forms, bidi, zero width, line separators, DEL, lone surrogates. */
export const payload =
  '\x07\x08\r\x1b[666m\x1b[1337~\x1b]52;c;SGVsbG8=\x07\x1b]8;;http://evil.test\x1b\\link\x1b]8;;\x1b\\' +
  '\x9b2J\x9d52;c;QQ==\x9c\x84\u202eevil\u202c\u2066\u200b\u200d\ufeff\u00ad\u2028\u2029\x7f\x1bPq\x1b\\\n\t\u{e0041}'

/** What must never arrive; line ends are what lines are made of. */
export const harmful = /[\0-\x09\x0b-\x1f\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u

const enumerations = new Set(['entrance', 'treatment', 'by', 'how', 'blame', 'side'])
const enumerated = new Set(['client', 'server', 'parley', 'cancelled', 'connection-failed']) // an exchange has them by place

/** A copy of a capture with the payload behind every text, enumerations excepted: with them it would not be read. */
export function hostileCopy(path: string, copy: string, more = payload): void {
  change(path, copy, database => {
    for (const { name } of tablesOf(database)) {
      const columns = database.prepare(`SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'`).all(name)
      for (const column of columns.map(each => String(each.name))) {
        const change = database.prepare(`UPDATE ${name} SET ${column} = ? WHERE rowid = ?`)
        for (const row of database.prepare(`SELECT rowid AS id, ${column} AS text FROM ${name}`).all())
          if (row.text !== null) change.run(poisoned(String(row.text), more, column), row.id!)
      }
    }
  })
}

export function change(path: string, copy: string, work: (database: DatabaseSync) => void): void {
  copyFileSync(path, copy)
  const database = new DatabaseSync(copy)
  try {
    work(database)
  } finally {
    database.close()
  }
}

export const tablesOf = (database: DatabaseSync): { name: string }[] =>
  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]

const coded = new Set(['state', 'exchange', 'acts']) // JSON

function poisoned(text: string, more: string, column: string): string {
  if (column === 'level') return text
  if (!coded.has(column)) return text + more
  const value: unknown = JSON.parse(text, (key, each) =>
    typeof each === 'string' && !enumerations.has(key) && !enumerated.has(each) ? each + more : each,
  )
  return JSON.stringify(value)
}
