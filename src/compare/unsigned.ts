import type { Handshake } from '../wire/tls/handshake.ts'
import { cipherSuiteFacts, type KeyExchange } from '../wire/tls/registry/cipher-suite-facts.ts'
import { tls12 } from '../wire/tls/registry/versions.ts'

/** What stands where a handshake had no use for a group or a signature, and why it had none. */
export interface Absence {
  readonly shown: string
  readonly why: string
}

const byKeyExchange: Partial<Record<KeyExchange, Absence>> = {
  rsa: {
    shown: 'none (RSA key exchange)',
    why: 'In RSA key exchange the client encrypts the secret with the certificate’s key: no group is negotiated and nothing is signed.',
  },
  psk: {
    shown: 'none (pre-shared key)',
    why: 'With a pre-shared key alone, no group is negotiated and nothing is signed.',
  },
}

/** Why this leg agreed no group; undefined where it did, or did not get that far. */
export function withoutGroup(leg: Handshake | undefined): Absence | undefined {
  if (!leg?.serverHello || leg.negotiated.group !== undefined) return undefined
  if (leg.negotiated.resumption !== 'none') return resumed('the keys come from the earlier handshake')
  const kx = keyExchangeOf(leg)
  if (kx === 'dhe')
    return {
      shown: 'none (DHE)',
      why: 'In DHE the server sends its own prime and generator instead of naming a group.',
    }
  return kx && byKeyExchange[kx]
}

/** Why the server of this leg names no signature algorithm; undefined where it did, or did not get that far. */
export function withoutSignature(leg: Handshake | undefined): Absence | undefined {
  if (!leg?.serverHello || leg.negotiated.signatureAlgorithm !== undefined) return undefined
  if (leg.negotiated.resumption !== 'none') return resumed('nothing is signed again')
  const kx = keyExchangeOf(leg)
  if ((kx === 'dhe' || kx === 'ecdhe') && (leg.negotiated.version ?? 0) < tls12)
    return {
      shown: 'not negotiated',
      why: 'Before TLS 1.2 the algorithm was fixed: MD5 with SHA-1 for RSA, SHA-1 for the others.',
    }
  return kx && byKeyExchange[kx]
}

const keyExchangeOf = ({ negotiated: { cipherSuite } }: Handshake): KeyExchange | undefined =>
  cipherSuite === undefined ? undefined : cipherSuiteFacts(cipherSuite)?.kx

const resumed = (because: string): Absence => ({
  shown: 'none (resumed)',
  why: `The session is resumed on one leg only, and there ${because}.`,
})
