import { BoundedMap } from '../../../../wire/bounded-map.ts'

const mostKept = 10_000 // some hundred are open at once; frames of those that are over may still come

/**
 * The ids that the client's streams have at the server. They are the same until a stream is opened after a later one; as ids
 * only rise (RFC 9113 5.1.1), it gets a fresh one, and those after it may too.
 */
export class ServerIds {
  #highest = 0
  /** Up to here ids are the same: the highest when the first was not. */
  #sameUpTo = Infinity
  readonly #toServer = new BoundedMap<number, number>(mostKept)
  readonly #toClient = new BoundedMap<number, number>(mostKept)

  get shifted(): boolean {
    return this.#sameUpTo !== Infinity
  }

  /** Opens a stream of the client at the server; undefined where the ids are used up. */
  open(id: number): number | undefined {
    const server = id > this.#highest ? id : this.#highest + 2
    if (server >= 2 ** 31) return undefined
    if (server !== id && !this.shifted) this.#sameUpTo = this.#highest
    this.#highest = server
    if (this.shifted) {
      this.#toServer.set(id, server)
      this.#toClient.set(server, id)
    }
    return server
  }

  /** Undefined where the server has no such stream. Those that the server opens, and stream 0, have one id. */
  ofServer(client: number): number | undefined {
    if (!this.shifted || (client & 1) === 0) return client
    return this.#toServer.get(client) ?? (client <= this.#sameUpTo ? client : undefined)
  }

  ofClient(server: number): number | undefined {
    if (!this.shifted || (server & 1) === 0) return server
    return this.#toClient.get(server) ?? (server <= this.#sameUpTo ? server : undefined)
  }
}
