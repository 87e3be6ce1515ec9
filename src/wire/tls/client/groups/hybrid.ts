import type { KeyPair } from './key-pair.ts'

/**
 * Two shares one behind the other, and two secrets: draft-ietf-tls-ecdhe-mlkem. `split` is how many bytes of the peer's share
 * are for the first.
 */
export const hybrid = (first: KeyPair, second: KeyPair, split: number): KeyPair => ({
  share: Buffer.concat([first.share, second.share]),
  agree: peer => Buffer.concat([first.agree(peer.subarray(0, split)), second.agree(peer.subarray(split))]),
})
