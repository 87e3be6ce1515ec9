export type { Direction } from '../wire/direction.ts'

export type Party = 'client' | 'parley' | 'server'

/** The client leg joins client and Parley, the upstream leg joins Parley and server. */
export type LegName = 'client' | 'upstream'
