import { createHash } from 'node:crypto'
import { AuthorityError } from './authority-error.ts'
import { readCertificateParts } from './certificate-parts.ts'
import { type HostName, readHostName } from './host-name.ts'
import { makeIntermediate } from './intermediate.ts'
import { type Issuer, rootIssuer } from './issuer.ts'
import { resolveFolder, rootPaths } from './key-store.ts'
import { type Leaf, leafCacheKey, mintLeaf } from './leaf.ts'
import { LeafCache } from './leaf-cache.ts'
import { type LeafKey, LeafKeys } from './leaf-keys.ts'
import { type Likeness, readLikeness } from './likeness.ts'
import { type Constraints, permitsHost, showConstraints } from './name-constraints.ts'
import { once } from './once.ts'
import { RecentMap } from './recent-map.ts'
import { openRoot } from './root.ts'

/** This machine's certificate authority, open for minting. */
export interface Authority {
  readonly folder: string
  readonly certificatePath: string
  readonly certificatePem: string
  readonly certificateDer: Buffer
  /** Its common name. */
  readonly name: string
  readonly notAfter: Date
  /** The hosts that it is made for, for a person; absent where it is for all. */
  readonly only?: string
  /** SHA-256 of the root certificate: lower-case hexadecimal, no colons. */
  readonly fingerprint256: string
  /** Base64 SHA-256 of the root's SubjectPublicKeyInfo, as Chromium's --ignore-certificate-errors-spki-list takes it. */
  readonly spkiSha256: string
  /**
   * A leaf for `host` (a DNS name or an IP literal) like the server's real certificate (DER), whose bytes may be
   * anything; or, where the server showed none, with a key of the type given. `signature` is a type that the client can
   * verify: RSA, which is dearer, where it is not said. Equal questions get the same object while it is cached. Throws
   * AuthorityError `ca/host` for a host that no certificate can name, `ca/outside` for one that `mayName` refuses.
   */
  leafFor(host: string, like?: Buffer | LeafKey['type'], signature?: Issuer['type']): Promise<Leaf>
  /** False for a host outside the domains that the root is made for; true for one that no certificate can name. */
  mayName(host: string): boolean
  /** What makes of a root the forms that devices and programs want; loaded for the first who asks. */
  forms(): Promise<typeof import('./forms/forms.ts')>
  /**
   * Makes in the thread pool what the first leaves would wait for: 0.2 s for an RSA key. Never rejects; what could not
   * be made is tried again for the leaf that needs it.
   */
  prepare(): Promise<void>
}

/**
 * Opens the certificate authority under `folder`, or makes one there: an empty folder or one that does not exist.
 * Throws AuthorityError, whose message names the file and the remedy.
 */
export async function openAuthority(folder: string): Promise<Authority> {
  const home = await resolveFolder(folder)
  const root = await openRoot(home, Date.now())
  const byRoot = rootIssuer(root)
  const intermediate = once(() => makeIntermediate(root, Date.now()))
  const keys = new LeafKeys()
  const leaves = new LeafCache()
  const likenesses = new RecentMap<{ readonly like: Likeness | undefined }>(1000)

  const { constraints } = root

  function likenessOf(der: Buffer): Likeness | undefined {
    const key = createHash('sha256').update(der).digest('latin1')
    const known = likenesses.recall(key) ?? { like: readLikeness(der) }
    likenesses.keep(key, known)
    return known.like
  }

  return {
    folder: home,
    certificatePath: rootPaths(home).certificate,
    certificatePem: root.pem,
    certificateDer: root.certificate.raw,
    name: readCertificateParts(root.certificate.raw).commonName ?? '',
    notAfter: root.notAfter,
    ...(constraints ? { only: showConstraints(constraints) } : {}),
    fingerprint256: sha256(root.certificate.raw).toString('hex'),
    spkiSha256: sha256(root.certificate.publicKey.export({ type: 'spki', format: 'der' })).toString('base64'),
    async leafFor(host, like, wanted = 'rsa') {
      const name = readHostName(host)
      if (constraints) refuseOutside(constraints, name)
      const likeness = typeof like === 'object' ? likenessOf(like) : undefined
      const keyType = likeness?.keyType ?? (typeof like === 'string' ? like : 'ec')
      const signature = root.delegates ? wanted : 'rsa'
      return leaves.leafFor(leafCacheKey(name, likeness, keyType, signature), async () => {
        const issuer = signature === 'rsa' ? byRoot : await intermediate()
        return mintLeaf(issuer, await keys.keyOf(keyType), name, likeness, Date.now())
      })
    },
    mayName(host) {
      try {
        return !constraints || permitsHost(constraints, readHostName(host))
      } catch {
        return true
      }
    },
    forms: () => import('./forms/forms.ts'),
    async prepare() {
      await Promise.allSettled([intermediate(), keys.keyOf('ec'), keys.keyOf('rsa')])
    },
  }
}

function refuseOutside(constraints: Constraints, name: HostName): void {
  if (permitsHost(constraints, name)) return
  const message = `the root certificate is made for ${showConstraints(constraints)} only, and not for ${name.text}`
  throw new AuthorityError('ca/outside', message, 'make one that covers it with "parley ca new"')
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
