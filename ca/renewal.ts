import { createHash, X509Certificate } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AuthorityError } from './authority-error.ts'
import { loadRootFiles, publishRootFiles, replaceCertificate, resolveFolder } from './key-store.ts'
import { makeRoot, type RootWish, readRoot, renewCertificate } from './root.ts'

/** An authority that another has taken the place of. */
export interface Aside {
  readonly path: string
  /** Of its root, in lower-case hexadecimal; absent where that cannot be read. */
  readonly sha256?: string
}

/**
 * Makes a new authority in `folder`. The one that was there, damaged or not, is put aside beside it, as machines may
 * trust it still; returns where, undefined where there was none. Throws AuthorityError.
 */
export async function replaceAuthority(folder: string, wish: RootWish, now = Date.now()): Promise<Aside | undefined> {
  const home = await resolveFolder(folder)
  const files = await makeRoot(now, wish)
  const aside = await putAside(home, now)
  try {
    await publishRootFiles(home, files)
  } catch (error) {
    if (aside !== undefined) await rename(aside.path, home).catch(() => {})
    throw error
  }
  return aside
}

/** Gives the root a new certificate of the same key, name, constraints and length. Throws AuthorityError. */
export async function renewAuthority(folder: string, now = Date.now()): Promise<void> {
  const home = await resolveFolder(folder)
  const files = await loadRootFiles(home)
  if (!files)
    throw new AuthorityError('ca/incomplete', `there is no authority in ${home}`, 'make one with "parley ca new"')
  const evenExpired = 0
  await replaceCertificate(home, await renewCertificate(readRoot(home, files, evenExpired), now))
}

/** Removes what replaceAuthority put aside, but for the roots that `isNeeded` by their SHA-256. Returns what is gone. */
export async function dropOldAuthorities(folder: string, isNeeded: (sha256: string) => boolean): Promise<string[]> {
  const home = await resolveFolder(folder)
  const dropped: string[] = []
  for (const name of await readdir(dirname(home)).catch(() => [])) {
    const mark = name.startsWith(`${basename(home)}.old-`) && /-([\da-f]{64})$/.exec(name)?.[1]
    if (!mark || isNeeded(mark)) continue
    const path = join(dirname(home), name)
    await rm(path, { recursive: true, force: true })
    dropped.push(path)
  }
  return dropped
}

/** A folder whose certificate can be read carries its hash, so that it goes when nothing trusts it any more. */
async function putAside(home: string, now: number): Promise<Aside | undefined> {
  const files = await loadRootFiles(home).catch(() => undefined)
  const sha256 = files && fingerprintOf(files.certificate)
  const path = `${home}.old-${sha256 ?? now}`
  try {
    await rename(home, path)
    return { path, ...(sha256 === undefined ? {} : { sha256 }) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const message = `cannot put ${home} aside: ${(error as Error).message}`
    throw new AuthorityError('ca/cannot-create', message, 'make its parent folder writable', error)
  }
}

function fingerprintOf(pem: string): string | undefined {
  try {
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')
  } catch {
    return undefined
  }
}
