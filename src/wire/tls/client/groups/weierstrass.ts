import { createECDH } from 'node:crypto'
import { agreed, type KeyPair } from './key-pair.ts'

const uncompressed = 4

/** A curve by OpenSSL's name. Uncompressed points alone (RFC 8446 4.2.8.2); OpenSSL refuses those that are not on it. */
export function weierstrass(curve: string): KeyPair {
  const ecdh = createECDH(curve)
  const share = ecdh.generateKeys()
  return {
    share,
    agree: peer =>
      agreed(() => {
        if (peer[0] !== uncompressed || peer.length !== share.length) throw new RangeError('no uncompressed point')
        return ecdh.computeSecret(peer)
      }),
  }
}
