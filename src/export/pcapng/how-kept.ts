import { type Connection, legOf } from '../../model/connection.ts'
import type { Direction, LegName } from '../../model/party.ts'

/** Where the bytes of a lane in the file are from. */
export type SourceOfLane =
  | 'kept'
  | { readonly lost: number; readonly clear?: true; readonly inexact?: true }
  | { readonly why: string; readonly clear?: true }

/** A sentence on it for who reads the file. */
export function sentenceOn(source: SourceOfLane, direction?: Direction): string {
  const where =
    direction === undefined ? 'Both directions' : direction === 'to-server' ? 'To the server' : 'To the client'
  if (source === 'kept') return `${where}: every byte as it came.`
  if ('why' in source) {
    const what = source.clear ? 'content' : 'application data'
    return `${where}: ${what} is left out, because ${source.why}; lengths are those that passed.`
  }
  const zeros = source.lost > 0 ? ` Zeros stand for ${source.lost} bytes that were not kept.` : ''
  if (!source.clear)
    return `${where}: the handshake is as it came; application data is encrypted anew with the session’s keys, in records of the lengths, places and times that they had.${zeros}`
  const inexact = source.inexact ? ' How chunks were cut is not kept, so lengths may differ a little.' : ''
  return `${where}: made from the messages that were kept.${inexact}${zeros}`
}

/** The same of a leg whose ciphertext was kept. */
export const sentenceOnKept = (missing: number): string =>
  missing === 0
    ? sentenceOn('kept')
    : `Both directions: bytes as they came; of ${missing} that were not kept there is the length.`

/** TCP payload bytes of each direction, where the leg has closed. */
export function lengthsOf(connection: Connection, leg: LegName): Readonly<Record<Direction, number>> | undefined {
  const bytes = legOf(connection, leg)?.bytes
  return bytes && { 'to-server': bytes.toServer, 'to-client': bytes.toClient }
}
