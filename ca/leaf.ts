import { pemOf, type Validity } from './certificate.ts'
import { bits, sequence } from './der-parts.ts'
import type { HostName } from './host-name.ts'
import type { Issuer } from './issuer.ts'
import type { LeafKey } from './leaf-keys.ts'
import type { Likeness } from './likeness.ts'
import { unsignedLeaf } from './unsigned-leaf.ts'

/** A certificate that stands in for a server's, with what a TLS context needs. The same object while it is cached. */
export interface Leaf {
  readonly host: string
  /** PEM, PKCS #8; shared by all leaves of this key type in this run. */
  readonly key: string
  /** PEM: the leaf, then its issuer and so on up to the root. */
  readonly chain: string
  readonly der: Buffer
  readonly keyType: 'ec' | 'rsa'
  readonly notAfter: Date
  /** True for those who waited for the minting; false from the first time that the cache answers. Read it at once. */
  minted: boolean
  readonly cacheKey: string
}

const second = 1000
const day = 86_400 * second
const span = 45 * day // under the 47 days that the CA/Browser Forum will allow from 2029

/** Mints a leaf for `host`, like the real certificate where there is one. `now` is in ms since the epoch. */
export async function mintLeaf(
  issuer: Issuer,
  key: LeafKey,
  host: HostName,
  like: Likeness | undefined,
  now: number,
): Promise<Leaf> {
  const validity = validityOf(now, issuer.notAfter.getTime(), like?.validity)
  const tbs = unsignedLeaf(issuer, key, host, like, validity)
  const der = sequence(tbs, issuer.algorithm, bits(await issuer.sign(tbs)))
  return {
    host: host.text,
    key: key.pem,
    chain: pemOf(der) + issuer.chain,
    der,
    keyType: key.type,
    notAfter: new Date(validity.notAfter),
    minted: true,
    cacheKey: leafCacheKey(host, like, key.type, issuer.type),
  }
}

/** What decides a leaf: equal keys make interchangeable leaves. */
export function leafCacheKey(
  host: HostName,
  like: Likeness | undefined,
  keyType: LeafKey['type'],
  signature: Issuer['type'],
): string {
  return `${host.text} ${keyType} ${signature} ${like?.fingerprint ?? 'plain'}`
}

/**
 * The period of a leaf: the real one cut to from yesterday until 44 days from now, in whole seconds. Where the real one
 * does not hold now, the leaf's does all the same: to judge the real certificate is not our job.
 */
export function validityOf(now: number, issuerNotAfter: number, real?: Validity): Validity {
  const earliest = now - day
  const latest = Math.min(earliest + span - second, issuerNotAfter) // RFC 5280 4.1.2.5: both ends are included
  const holds = real !== undefined && real.notBefore <= now && now < real.notAfter
  return {
    notBefore: wholeSeconds(holds ? Math.max(real.notBefore, earliest) : earliest),
    notAfter: wholeSeconds(holds ? Math.min(real.notAfter, latest) : latest),
  }
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / second) * second
}
