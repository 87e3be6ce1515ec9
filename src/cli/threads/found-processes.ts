import type { ClientProcess, ConnectionId } from '../../model/connection.ts'
import { BoundedMap, BoundedSet } from '../../wire/bounded-map.ts'

const mostKept = 10_000 // connections

/** Programs that the recorder has found, for the engine, which asks for one before or after that. */
export class FoundProcesses {
  readonly #answer: (connection: ConnectionId, process: ClientProcess) => void
  readonly #found = new BoundedMap<ConnectionId, ClientProcess>(mostKept)
  readonly #asked = new BoundedSet<ConnectionId>(mostKept)

  constructor(answer: (connection: ConnectionId, process: ClientProcess) => void) {
    this.#answer = answer
  }

  ask(connection: ConnectionId): void {
    const process = this.#found.get(connection)
    if (process) this.#answer(connection, process)
    else this.#asked.add(connection)
  }

  found(connection: ConnectionId, process: ClientProcess): void {
    this.#found.set(connection, process)
    if (this.#asked.delete(connection)) this.#answer(connection, process)
  }
}
