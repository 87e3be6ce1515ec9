import type { DatabaseSync } from 'node:sqlite'
import { clean, type Flow, originOf } from '../filter/flow.ts'
import type { ClientProcess } from '../model/connection.ts'

const remembered = 20_000

/** Gives values that recur the number of their row. */
export class Interner<Value> {
  readonly #known = new Map<string, number>()
  readonly #keyOf: (value: Value) => string
  readonly #find: (value: Value) => number | undefined
  readonly #insert: (value: Value) => number

  /** `keyOf` tells values apart in memory; `find` and `insert` answer with the row's number. */
  constructor(
    keyOf: (value: Value) => string,
    find: (value: Value) => number | undefined,
    insert: (value: Value) => number,
  ) {
    this.#keyOf = keyOf
    this.#find = find
    this.#insert = insert
  }

  idOf(value: Value): number {
    const key = this.#keyOf(value)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const id = this.#find(value) ?? this.#insert(value)
    if (this.#known.size >= remembered) this.#known.clear()
    this.#known.set(key, id)
    return id
  }
}

export function originInterner(database: DatabaseSync): Interner<Pick<Flow, 'scheme' | 'host' | 'port'>> {
  const find = database.prepare('SELECT id FROM origins WHERE scheme = ? AND host = ? AND port IS ?')
  const insert = database.prepare('INSERT INTO origins(scheme, host, port, text) VALUES (?, ?, ?, ?)')
  return new Interner(
    ({ scheme, host, port }) => `${scheme}\0${host}\0${port}`,
    ({ scheme, host, port }) => find.get(scheme, host, port ?? null)?.id as number | undefined,
    origin => Number(insert.run(origin.scheme, origin.host, origin.port ?? null, originOf(origin)).lastInsertRowid),
  )
}

export function contentTypeInterner(database: DatabaseSync): Interner<string> {
  const find = database.prepare('SELECT id FROM content_types WHERE text = ?')
  const insert = database.prepare('INSERT INTO content_types(text) VALUES (?)')
  return new Interner(
    text => text,
    text => find.get(text)?.id as number | undefined,
    text => Number(insert.run(text).lastInsertRowid),
  )
}

/** Of very many processes one may get a second row: to look for the first would cost more. */
export function processInterner(database: DatabaseSync): Interner<ClientProcess> {
  const insert = database.prepare('INSERT INTO processes(pid, name, command) VALUES (?, ?, ?)')
  return new Interner(
    ({ pid, name, command }) => `${pid}\0${name}\0${command}`,
    () => undefined,
    ({ pid, name, command }) => Number(insert.run(pid, clean(name), clean(command)).lastInsertRowid),
  )
}
