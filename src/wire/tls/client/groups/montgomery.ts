import { diffieHellman, generateKeyPairSync } from 'node:crypto'
import { agreed, type KeyPair } from './key-pair.ts'
import { keyFromRaw, rawOf } from './raw-key.ts'

/** RFC 7748. OpenSSL refuses a secret of zeros, as RFC 8446 7.4.2 wants it. */
export function montgomery(type: 'x25519' | 'x448'): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync(type as 'x25519')
  return {
    share: rawOf(publicKey),
    agree: peer => agreed(() => diffieHellman({ privateKey, publicKey: keyFromRaw(type, peer) })),
  }
}
