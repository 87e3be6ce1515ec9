import { createHash, X509Certificate } from 'node:crypto'
import { pemOf } from '../certificate.ts'
import { readCertificateParts } from '../certificate-parts.ts'
import type { Step } from './step.ts'

export const storeKinds = ['system', 'nss', 'java', 'android'] as const
export type StoreKind = (typeof storeKinds)[number]

/** A root certificate as stores are asked for it. */
export interface TrustedRoot {
  readonly der: Buffer
  readonly pem: string
  /** Lower-case hexadecimal. */
  readonly sha1: string
  readonly sha256: string
  /** Unlike that of any other root, and good for a file, an alias, a nickname. */
  readonly name: string
  /** Of a file that has it in PEM, for programs that read one. */
  readonly path: string
}

/**
 * How a store stands to a root: it trusts this very one, or not; not, but another of Parley's; the store is not there;
 * nobody can tell.
 */
export type Standing = 'trusted' | 'not-trusted' | 'other-root' | 'not-there' | 'unknown'

export interface Checked {
  readonly standing: Standing
  /** For a person: why, or what to do. */
  readonly says?: string
}

/** One place on this machine, or on a device at it, that says which roots are trusted. */
export interface Store {
  readonly kind: StoreKind
  /** Which one of its kind: a folder, a file, a device. */
  readonly place: string
  /** For a person. */
  readonly title: string
  /** Throws TrustError. */
  check(root: TrustedRoot): Promise<Checked>
  /** What makes the store trust the root, as data. Nothing is done. Throws TrustError. */
  install(root: TrustedRoot): Promise<readonly Step[]>
  /** What takes this very root out of the store; nothing where it is not in it. Throws TrustError. */
  remove(root: TrustedRoot): Promise<readonly Step[]>
  /** Other places that its programs put the root in. */
  readonly reaches?: readonly Pick<Store, 'kind' | 'place'>[]
  /** What a person has to do after installing or removing, where Parley cannot. */
  readonly byHand?: { readonly install: string; readonly remove: string }
}

/** `path` is of a file that has the root in PEM, or is to have it. Throws an Error on what is no certificate. */
export function trustedRoot(der: Buffer, path: string): TrustedRoot {
  const { raw } = new X509Certificate(der)
  const hash = (algorithm: string) => createHash(algorithm).update(raw).digest('hex')
  const sha256 = hash('sha256')
  return { der: raw, pem: pemOf(raw), sha1: hash('sha1'), sha256, name: `parley-${sha256.slice(0, 16)}`, path }
}

/** The certificates (DER) in a text that has them in PEM, whatever stands between them. */
export function certificatesIn(text: string): readonly Buffer[] {
  const blocks = text.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([\sA-Za-z0-9+/=]*?)-----END/g)
  return [...blocks].map(([, base64]) => Buffer.from(base64!, 'base64'))
}

/** By their bytes: names can be anybody's. */
export function standingIn(trusted: readonly Buffer[], root: TrustedRoot): Standing {
  if (trusted.some(der => der.equals(root.der))) return 'trusted'
  return trusted.some(isOfParley) ? 'other-root' : 'not-trusted'
}

/** Whether a certificate says that it is a root of Parley's. */
export function isOfParley(der: Buffer): boolean {
  if (!der.includes('Parley CA (')) return false
  try {
    return readCertificateParts(der).commonName?.startsWith('Parley CA (') === true
  } catch {
    return false
  }
}
