import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { once } from './once.ts'

const generate = promisify(generateKeyPair)

/** A key that leaves share, in the forms that minting and TLS want. */
export interface LeafKey {
  readonly type: 'ec' | 'rsa'
  /** PEM, PKCS #8. */
  readonly pem: string
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Buffer
}

/** One key of each type per run, made in the thread pool when first asked for and never written to disk. */
export class LeafKeys {
  readonly #keys = { ec: once(() => makeKey('ec')), rsa: once(() => makeKey('rsa')) }

  keyOf(type: LeafKey['type']): Promise<LeafKey> {
    return this.#keys[type]()
  }
}

async function makeKey(type: LeafKey['type']): Promise<LeafKey> {
  const { privateKey, publicKey } =
    type === 'rsa' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { type, pem, publicKey: publicKey.export({ type: 'spki', format: 'der' }) }
}
