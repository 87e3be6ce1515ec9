import { isGrease } from '../../registry/names.ts'
import type { KeyShare } from '../../values.ts'
import { list16, u16 } from '../framing.ts'
import type { KeyPair } from '../groups/key-pair.ts'
import { curveShare, keyPair } from '../groups/named-groups.ts'

export interface OwnKeyShares {
  /** The content of key_share: RFC 8446 4.2.8. */
  readonly data: Buffer
  readonly pairs: ReadonlyMap<number, KeyPair>
  readonly foreign: ReadonlySet<number>
}

/** Shares of the client's groups, in its order, with keys of our own. GREASE and what we cannot make stay as they are. */
export function ownKeyShares(client: readonly KeyShare[]): OwnKeyShares {
  const pairs = new Map<number, KeyPair>()
  const foreign = new Set<number>()
  const curves = hasCurveTwice(client) ? new Map<number, KeyPair>() : undefined
  const entries = client.map(({ group, keyExchange }) => {
    const pair = keyPair(group, curves)
    if (pair?.share.length !== keyExchange.length) {
      if (!isGrease(group)) foreign.add(group)
      return entry(group, keyExchange)
    }
    pairs.set(group, pair)
    return entry(group, pair.share)
  })
  return { data: list16(Buffer.concat(entries)), pairs, foreign }
}

/** Firefox and Go put the same X25519 key into the hybrid share and the plain one. */
function hasCurveTwice(shares: readonly KeyShare[]): boolean {
  return shares.some(({ group, keyExchange }) => {
    const curve = curveShare(group, keyExchange)
    const plain = shares.find(other => other.group === curve?.group)
    return curve && plain && Buffer.from(plain.keyExchange).equals(curve.key)
  })
}

/** The one share that a HelloRetryRequest asks for. */
export const singleShare = (group: number, { share }: KeyPair): Buffer => list16(entry(group, share))

const entry = (group: number, key: Uint8Array): Buffer => Buffer.concat([u16(group), list16(key)])
