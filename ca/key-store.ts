import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { mkdir, open, readdir, readFile, realpath, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AuthorityError, shellWord } from './authority-error.ts'

/** The three files of a root, in PEM. The layout is http-mitm-proxy's, which loads the same folder. */
export interface RootFiles {
  readonly certificate: string
  readonly privateKey: string
  readonly publicKey: string
}

/** Where the files of a root are. */
export function rootPaths(folder: string): RootFiles {
  return {
    certificate: join(folder, 'certs', 'ca.pem'),
    privateKey: join(folder, 'keys', 'ca.private.key'),
    publicKey: join(folder, 'keys', 'ca.public.key'),
  }
}

/** The absolute path of `folder`, links followed, so that a temporary sibling is on the same file system. */
export async function resolveFolder(folder: string): Promise<string> {
  const absolute = resolve(folder)
  return realpath(absolute).catch(() => absolute)
}

/**
 * Reads a root; undefined where there is none. Throws AuthorityError `ca/not-yours` where it is another user's,
 * `ca/loose-mode` where others may open the keys or replace them, `ca/incomplete` where a file is missing, `ca/cannot-read` where the system refuses.
 */
export async function loadRootFiles(folder: string): Promise<RootFiles | undefined> {
  const paths = rootPaths(folder)
  // a root may be published between two reads, so that a part seems to be missing: the second look sees all of it
  for (let look = 1; ; look++) {
    const privateKey = await readIfThere(paths.privateKey)
    const publicKey = await readIfThere(paths.publicKey)
    const certificate = await readIfThere(paths.certificate)
    if (privateKey === undefined && publicKey === undefined && certificate === undefined) return undefined
    if (privateKey !== undefined && publicKey !== undefined && certificate !== undefined) {
      await refuseLooseModes(folder, paths)
      return { certificate, privateKey, publicKey }
    }
    if (look === 1) continue
    const missing =
      certificate === undefined ? paths.certificate : privateKey === undefined ? paths.privateKey : paths.publicKey
    throw new AuthorityError('ca/incomplete', `the certificate authority lacks ${missing}`, startAgain(folder))
  }
}

/**
 * Publishes a root whole, in one rename, and gives the files that are then in `folder`: those of another process where
 * it was faster. Throws AuthorityError `ca/cannot-create`.
 */
export async function publishRootFiles(folder: string, files: RootFiles): Promise<RootFiles> {
  const temporary = `${folder}.tmp-${randomBytes(6).toString('hex')}`
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
    await refuseOtherWriters(folder)
    await writeRoot(temporary, files)
    for (let attempt = 1; attempt <= 5; attempt++) {
      if (await renameInto(temporary, folder)) return files
      const winner = await loadRootFiles(folder)
      if (winner) return winner
      for (const path of [join(folder, 'certs'), join(folder, 'keys'), folder]) await rmdir(path).catch(() => {}) // empty ones only
    }
  } catch (error) {
    if (error instanceof AuthorityError) throw error
    const mountPoint = ['EBUSY', 'EXDEV'].includes(codeOf(error) ?? '')
    const remedy = mountPoint ? 'it is a mount point: give a folder inside it' : 'make its parent folder writable'
    throw new AuthorityError('ca/cannot-create', `cannot make ${folder}: ${messageOf(error)}`, remedy, error)
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {}) // the next start sweeps it
  }
  const remedy = 'give an empty folder or one that does not exist'
  throw new AuthorityError('ca/cannot-create', `${folder} holds other files, but no certificate authority`, remedy)
}

/** Puts another certificate, in PEM, in the place of a root's, in one rename. Throws AuthorityError `ca/cannot-create`. */
export async function replaceCertificate(folder: string, certificate: string): Promise<void> {
  const path = rootPaths(folder).certificate
  const fresh = `${path}.tmp-${randomBytes(6).toString('hex')}`
  try {
    await writeSynced(fresh, certificate)
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {})
    throw new AuthorityError('ca/cannot-create', `cannot write ${path}: ${messageOf(error)}`, 'make it writable', error)
  }
}

/** Removes what a process that died while it published has left beside `folder`. */
export async function sweepLeftovers(folder: string, now: number): Promise<void> {
  const prefix = `${basename(folder)}.tmp-`
  for (const name of await readdir(dirname(folder)).catch(() => [])) {
    if (!name.startsWith(prefix) || !/^[\da-f]{12}$/.test(name.slice(prefix.length))) continue
    const path = join(dirname(folder), name)
    const info = await stat(path).catch(() => undefined)
    // to publish takes milliseconds; what is younger than a minute may be somebody's at work
    if (info && info.mtimeMs < now - 60_000) await rm(path, { recursive: true, force: true })
  }
}

/** The remedy where nothing but a new root will do. */
export function startAgain(folder: string): string {
  const [from, to] = [shellWord(folder), shellWord(`${folder}.old`)]
  return `restore it from a backup, or run "mv ${from} ${to}" to get a new authority, which clients must trust anew`
}

async function writeRoot(folder: string, files: RootFiles): Promise<void> {
  const paths = rootPaths(folder)
  for (const path of [folder, dirname(paths.certificate), dirname(paths.privateKey)]) await mkdir(path, { mode: 0o700 })
  for (const name of ['privateKey', 'publicKey', 'certificate'] as const) {
    await writeSynced(paths[name], files[name])
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** False where `folder` is in the way. */
async function renameInto(temporary: string, folder: string): Promise<boolean> {
  try {
    await rename(temporary, folder)
    return true
  } catch (error) {
    // Linux, macOS; Windows says EPERM or EACCES even where the folder is empty
    const taken = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]
    if (taken.includes(codeOf(error) ?? '')) return false
    throw error
  }
}

async function refuseLooseModes(folder: string, paths: RootFiles): Promise<void> {
  if (process.platform === 'win32') return
  const folders = [folder, dirname(paths.certificate), dirname(paths.privateKey)]
  await refuseOtherOwners([...folders, ...Object.values(paths)])
  await refuseOtherWriters(folder)
  const loose: string[] = []
  const commands: string[] = []
  for (const path of [...folders, paths.privateKey, paths.publicKey]) {
    const mode = (await stat(path)).mode & 0o777
    if ((mode & 0o077) === 0) continue
    loose.push(`${path} (mode 0${mode.toString(8)})`)
    commands.push(`chmod ${folders.includes(path) ? 700 : 600} ${shellWord(path)}`)
  }
  if (loose.length === 0) return
  const message = `others besides you may open ${loose.join(', ')}`
  throw new AuthorityError('ca/loose-mode', message, `run "${commands.join(' && ')}"`)
}

/** Who owns a file of ours can change it. */
async function refuseOtherOwners(paths: readonly string[]): Promise<void> {
  const me = process.getuid!()
  for (const path of paths) {
    if ((await stat(path)).uid === me) continue
    const remedy = `run "chown ${me} ${shellWord(path)}" if it is yours, or give another folder`
    throw new AuthorityError('ca/not-yours', `${path} belongs to another user`, remedy)
  }
}

/** Who may write to a folder on the way to ours can put another one in its place. */
async function refuseOtherWriters(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  for (let path = dirname(folder); ; path = dirname(path)) {
    const message = mayBeReplaced(await stat(path)) && `others besides you may replace what is in ${path}`
    if (message)
      throw new AuthorityError('ca/loose-mode', message, `run "chmod go-w ${shellWord(path)}", or give another folder`)
    if (path === dirname(path)) return
  }
}

/** A sticky folder, as /tmp, lets others make files and not touch ours; a private group has the user's own number. */
function mayBeReplaced({ mode, uid, gid }: Stats): boolean {
  const me = process.getuid!()
  const nobody = 65_534 // of a container: an owner outside
  if (![me, 0, nobody].includes(uid)) return true
  const writable = gid === me ? 0o002 : 0o022
  return (mode & writable) !== 0 && (mode & 0o1000) === 0
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    if (codeOf(error) === 'ENOTDIR')
      throw new AuthorityError(
        'ca/cannot-read',
        `a part of ${path} is a file, not a folder`,
        'name another folder',
        error,
      )
    throw new AuthorityError('ca/cannot-read', `cannot read ${path}: ${messageOf(error)}`, 'make it readable', error)
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
