import { cipherSuiteFacts } from '../wire/tls/registry/cipher-suite-facts.ts'
import { tls12 } from '../wire/tls/registry/versions.ts'
import { groupName } from './names.ts'

/** How good an agreed parameter is; a higher rank is better. */
export interface Strength {
  readonly rank: number
  /** Completes "is weaker because it …". */
  readonly because: string
}

export const versionStrength = (version: number): Strength =>
  version < tls12
    ? { rank: version, because: 'is a version that RFC 8996 forbids' }
    : { rank: version, because: version === tls12 ? 'sends its certificates in clear' : 'encrypts its certificates' }

const forwardSecret = new Set(['tls13', 'dhe', 'ecdhe', 'dhe-psk', 'ecdhe-psk', 'eccpwd'])

export function cipherSuiteStrength(suite: number): Strength {
  const facts = cipherSuiteFacts(suite)
  if (!facts) return { rank: 3, because: 'is unknown to Parley' }
  const { kx, auth, cipher, mac } = facts
  if (auth === 'anon') return { rank: 0, because: 'authenticates nobody' }
  if (/^(null|rc[24]|des)/.test(cipher) || kx === 'rsa-export') return { rank: 0, because: 'uses a broken cipher' }
  if (cipher.startsWith('3des') || cipher.startsWith('idea'))
    return { rank: 1, because: 'uses 64-bit blocks (Sweet32)' }
  if (!forwardSecret.has(kx)) return { rank: 2, because: 'has no forward secrecy' }
  if (mac !== 'aead') return { rank: 3, because: 'uses CBC, which has a history of padding oracles' }
  return { rank: 4, because: 'uses an AEAD cipher' }
}

export function groupStrength(group: number): Strength {
  const name = groupName(group)
  if (/mlkem|kyber|cecpq/i.test(name)) return { rank: 2, because: 'resists quantum computers' }
  if (/^sec[pt](1\d\d|2[0-3]\d)/.test(name)) return { rank: 0, because: 'has less than 128 bits of security' }
  return { rank: 1, because: 'does not resist quantum computers' }
}

/** Bits of symmetric strength (NIST SP 800-57 part 1, table 2), coarsely. Key types are those of KeyFacts. */
export function keyStrength({ type, bits }: { readonly type: string; readonly bits?: number }): number {
  if (type === 'EC') return (bits ?? 256) / 2
  if (bits === undefined) return 128
  return bits < 2048 ? 80 : bits < 3072 ? 112 : 128
}
