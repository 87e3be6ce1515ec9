import { createPublicKey, type KeyObject } from 'node:crypto'

// The types of node:crypto do not know the format yet.

/** The bytes of a public key as they stand in a share. */
export const rawOf = (key: KeyObject): Buffer => key.export({ format: 'raw-public' } as never) as unknown as Buffer

/** Throws where they are no key of this type. */
export const keyFromRaw = (type: string, key: Uint8Array): KeyObject =>
  createPublicKey({ key, format: 'raw-public', asymmetricKeyType: type } as never)
