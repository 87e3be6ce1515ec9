import { readFileSync } from 'node:fs'

export interface Identity {
  /** PEM, leaf first. */
  readonly cert: string
  readonly key: string
}

export type IdentityName = 'rsa' | 'ecdsa' | 'ed25519' | 'ed448' | 'rsa-pss' | 'chain'

/** Where the PEM files lie; test/fixtures/tls-identities/README.md says how they were made. */
export const fixtureFolder = new URL('../../fixtures/tls-identities/', import.meta.url)

/** A throwaway certificate and its key. */
export function identity(name: IdentityName): Identity {
  const read = (file: string): string => readFileSync(new URL(file, fixtureFolder), 'utf8')
  return { cert: read(`${name}.pem`), key: read(`${name}.key.pem`) }
}
