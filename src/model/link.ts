import type { Connection } from './connection.ts'
import type { Direction, LegName, Party } from './party.ts'

/** What joins two parties: one of Parley's legs, or the whole way from client to server where one session runs on it. */
export type Link = LegName | 'whole'

/** True where client and server speak with each other, and Parley relays that unread or sees it from outside. */
export const isWhole = ({ treatment, sniffed }: Connection): boolean => sniffed === true || treatment === 'pass-through'

/** Who sends what travels on a link in a direction. */
export function senderOf(link: Link, direction: Direction): Party {
  if (direction === 'to-server') return link === 'upstream' ? 'parley' : 'client'
  return link === 'client' ? 'parley' : 'server'
}
