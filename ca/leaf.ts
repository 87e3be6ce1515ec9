import { issueCertificate, nameOf, pemOf, type Validity } from './certificate.ts'
import type { Node } from './der.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyUsage,
  keyUsages,
  oids,
  serverAuth,
  subjectAltName,
} from './extensions.ts'
import type { HostName } from './host-name.ts'
import type { LeafKey } from './leaf-keys.ts'
import type { Likeness } from './likeness.ts'
import type { Root } from './root.ts'

/** A certificate that stands in for a server's, with what a TLS context needs. The same object while it is cached. */
export interface Leaf {
  readonly host: string
  /** PEM, PKCS #8; shared by all leaves of this key type in this run. */
  readonly key: string
  /** PEM: the leaf, then the root. */
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

const common = { ec: constantExtensions('ec'), rsa: constantExtensions('rsa') }

/** Mints a leaf for `host`, like the real certificate where there is one. `now` is in ms since the epoch. */
export async function mintLeaf(
  root: Root,
  key: LeafKey,
  host: HostName,
  like: Likeness | undefined,
  now: number,
): Promise<Leaf> {
  const commonName = like ? like.commonName : host.text
  // RFC 5280 appendix A.1: a common name has up to 64 characters, and some stacks stop one short of it
  const named = commonName !== undefined && commonName !== '' && [...commonName].length < 64
  const dnsNames = unique([...host.dnsNames, ...(like?.dnsNames ?? [])], name => name.toLowerCase())
  const addresses = unique([...host.addresses, ...(like?.addresses ?? [])], bytes => bytes.toString('hex'))
  const validity = validityOf(now, root.notAfter.getTime(), like?.validity)
  const statement = {
    issuer: root.subject,
    subject: named ? nameOf([oids.commonName, commonName]) : nameOf(),
    validity,
    publicKey: key.publicKey,
    extensions: [
      ...common[key.type],
      subjectAltName(dnsNames, addresses, !named),
      ...(root.keyIdentifier ? [authorityKeyIdentifier(root.keyIdentifier)] : []),
    ],
  }
  const der = await issueCertificate(statement, root.privateKey)
  return {
    host: host.text,
    key: key.pem,
    chain: pemOf(der) + root.pem,
    der,
    keyType: key.type,
    notAfter: new Date(validity.notAfter),
    minted: true,
    cacheKey: leafCacheKey(host, like, key.type),
  }
}

/** What decides a leaf: equal keys make interchangeable leaves. */
export function leafCacheKey(host: HostName, like: Likeness | undefined, keyType: LeafKey['type']): string {
  return `${host.text} ${keyType} ${like?.fingerprint ?? 'plain'}`
}

/**
 * The period of a leaf: the real one cut to from yesterday until 44 days from now, in whole seconds. Where the real one
 * does not hold now, the leaf's does all the same: to judge the real certificate is not our job.
 */
export function validityOf(now: number, rootNotAfter: number, real?: Validity): Validity {
  const earliest = now - day
  const latest = Math.min(earliest + span - second, rootNotAfter) // RFC 5280 4.1.2.5: both ends are included
  const holds = real !== undefined && real.notBefore <= now && now < real.notAfter
  return {
    notBefore: wholeSeconds(holds ? Math.max(real.notBefore, earliest) : earliest),
    notAfter: wholeSeconds(holds ? Math.min(real.notAfter, latest) : latest),
  }
}

function constantExtensions(type: LeafKey['type']): readonly Node[] {
  // with an RSA key, TLS 1.2 may encrypt the premaster secret to the certificate (RFC 5246 7.4.2)
  const usage = type === 'rsa' ? keyUsages.signAndEncipher : keyUsages.sign
  return [basicConstraints(false), keyUsage(usage), serverAuth()]
}

/** The first of each identity, in order. */
function unique<T>(items: readonly T[], identity: (item: T) => string): T[] {
  const seen = new Set<string>()
  const isNew = (name: string) => !seen.has(name) && seen.add(name)
  return items.filter(item => isNew(identity(item)))
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / second) * second
}
