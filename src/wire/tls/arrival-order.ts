import type { Direction } from '../direction.ts'
import type { RawRecord } from './record-reader.ts'

/**
 * Yields the records of both directions as they arrived. Where two arrived at the same time, `turn` is asked which
 * side speaks next: a clock of whole milliseconds cannot tell a question from its answer.
 */
export function* inOrderOfArrival(
  toServer: readonly RawRecord[],
  toClient: readonly RawRecord[],
  turn: () => Direction,
): Generator<RawRecord> {
  let s = 0
  let c = 0
  for (;;) {
    const server = toServer[s]
    const client = toClient[c]
    if (!server && !client) return
    if (server && (!client || server.at < client.at || (server.at === client.at && turn() === 'to-server'))) {
      s++
      yield server
    } else if (client) {
      c++
      yield client
    }
  }
}
