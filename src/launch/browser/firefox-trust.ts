import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Start } from './family.ts'
import { addRootByMarionette } from './marionette.ts'

const run = promisify(execFile)
const nickname = 'Parley'

/**
 * Puts the root into the store of the profile: by NSS's own program where there is one, else by Firefox itself, which
 * takes a start more. Rejects with what hinders it.
 */
export async function trustInProfile(start: Start): Promise<void> {
  if (start.platform === 'win32' || !(await trustByCertutil(start))) await addRootByMarionette(start)
}

/** Windows has a program of the same name that is another one. Answers whether it is done. */
async function trustByCertutil({ profile, root, environment }: Start): Promise<boolean> {
  const certutil = (...args: readonly string[]) =>
    run('certutil', ['-d', `sql:${profile}`, ...args], { env: environment, timeout: 10_000 })
  try {
    await certutil('-D', '-n', nickname).catch(() => certutil('-N', '--empty-password').catch(() => {}))
    await certutil('-A', '-n', nickname, '-t', 'C,,', '-i', root.certificatePath)
    return true
  } catch {
    return false
  }
}
