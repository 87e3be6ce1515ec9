import type { ConnectionId } from './connection.ts'
import type { ExchangeId } from './exchange.ts'

/** Ids of what was recorded or changed since the last word. */
export interface Changes {
  readonly flows: readonly ExchangeId[]
  readonly connections: readonly ConnectionId[]
}
