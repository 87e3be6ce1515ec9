import { createHash, decapsulate, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { agreed, type KeyPair } from './key-pair.ts'
import { rawOf } from './raw-key.ts'

// The types of node:crypto have it with a callback only.
const opened = decapsulate as (key: KeyObject, ciphertext: Uint8Array) => Buffer

/** FIPS 203: the share is an encapsulation key, the peer's a ciphertext. OpenSSL refuses one of another length. */
export function mlKem(type: 'ml-kem-512' | 'ml-kem-768' | 'ml-kem-1024'): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync(type as 'x25519')
  return { share: rawOf(publicKey), agree: peer => agreed(() => opened(privateKey, peer)) }
}

/** Kyber-768 of the third round, before FIPS 203: the secret has the ciphertext hashed into it. */
export function kyber768(): KeyPair {
  const { share, agree } = mlKem('ml-kem-768')
  return {
    share,
    agree: peer => {
      const hashed = createHash('sha3-256').update(peer).digest()
      return createHash('shake256', { outputLength: 32 }).update(agree(peer)).update(hashed).digest()
    },
  }
}
