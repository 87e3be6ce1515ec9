import type { Lane } from '../../src/tape/recording.ts'

/** The two lanes of connection 1's client leg. */
export const toServer: Lane = { connection: 1, leg: 'client', direction: 'to-server' }
export const toClient: Lane = { connection: 1, leg: 'client', direction: 'to-client' }
