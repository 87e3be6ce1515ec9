export type { Direction } from '../wire/direction.ts'

export type Party = 'client' | 'parley' | 'server'

/** Whose fault a failure can be: besides the parties that of the proxy through which Parley reaches the server. */
export type Blamed = Party | 'other-proxy'

/** The client leg joins client and Parley, the upstream leg joins Parley and server. */
export type LegName = 'client' | 'upstream'
