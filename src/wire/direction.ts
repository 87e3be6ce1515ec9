/** Which way bytes travel, on either leg. */
export type Direction = 'to-server' | 'to-client'
