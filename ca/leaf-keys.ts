import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { publicKeyNode } from './certificate.ts'
import type { Node } from './der.ts'

const generate = promisify(generateKeyPair)

/** A key that leaves share, in the forms that minting and TLS want. */
export interface LeafKey {
  readonly type: 'ec' | 'rsa'
  /** PEM, PKCS #8. */
  readonly pem: string
  readonly publicKey: Node
}

/** One key of each type per run, made in the thread pool when first asked for and never written to disk. */
export class LeafKeys {
  #keys = new Map<LeafKey['type'], Promise<LeafKey>>()

  keyOf(type: LeafKey['type']): Promise<LeafKey> {
    const known = this.#keys.get(type)
    if (known) return known
    const made = makeKey(type)
    this.#keys.set(type, made)
    made.catch(() => this.#keys.delete(type))
    return made
  }
}

async function makeKey(type: LeafKey['type']): Promise<LeafKey> {
  const { privateKey, publicKey } =
    type === 'rsa' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { type, pem, publicKey: publicKeyNode(publicKey) }
}
