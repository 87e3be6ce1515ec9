import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from './step.ts'
import type { Store, TrustedRoot } from './store.ts'
import type { Surroundings } from './surroundings.ts'

/** The roots of this user of Windows, by its certutil (another program than that of NSS); Windows asks the person itself. */
export function windowsRoot(surroundings: Surroundings): Store {
  const { SystemRoot } = surroundings.environment
  const command = SystemRoot ? join(SystemRoot, 'System32', 'certutil.exe') : 'certutil.exe'
  const step = (...args: readonly string[]) => ({ command, args: ['-user', ...args], asRoot: false })
  const isIn = async (root: TrustedRoot) => (await stored(surroundings, command, root))?.equals(root.der) === true
  return {
    kind: 'system',
    place: 'the roots of this user',
    title: 'Windows',
    async check(root) {
      if (await isIn(root)) return { standing: 'trusted' }
      const { stdout } = await ask(surroundings, command, '-user', '-store', 'root')
      return { standing: stdout.includes('Parley CA (') ? 'other-root' : 'not-trusted' }
    },
    install: async root => [step('-addstore', 'root', root.path)],
    remove: async root => ((await isIn(root)) ? [step('-delstore', 'root', root.sha1)] : []),
  }
}

/** The certificate that the store has under this hash; undefined where it has none. */
async function stored(surroundings: Surroundings, command: string, root: TrustedRoot): Promise<Buffer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  try {
    const file = join(folder, 'root.cer')
    const { code } = await ask(surroundings, command, '-user', '-store', 'root', root.sha1, file)
    return code === 0 ? readFileSync(file) : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
