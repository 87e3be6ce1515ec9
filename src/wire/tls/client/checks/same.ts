import { timingSafeEqual } from 'node:crypto'

/** In constant time for bytes of one length, which is no secret: for verify_data and what else proves a key. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)
