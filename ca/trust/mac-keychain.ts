import { join } from 'node:path'
import { ask } from './step.ts'
import { certificatesIn, type Store, standingIn, type TrustedRoot } from './store.ts'
import type { Surroundings } from './surroundings.ts'

/** The system's keychain of macOS, by `security`: a root is in it, and trust settings say that it is good for TLS. */
export function macKeychain(surroundings: Surroundings): Store {
  const place = join(surroundings.base, 'Library/Keychains/System.keychain')
  const step = (...args: readonly string[]) => ({ command: 'security', args, asRoot: true })
  const found = async () => {
    const { stdout } = await ask(surroundings, 'security', 'find-certificate', '-a', '-p', place)
    return certificatesIn(stdout)
  }
  const isTrusted = async ({ path }: TrustedRoot) =>
    (await ask(surroundings, 'security', 'verify-cert', '-q', '-l', '-L', '-p', 'ssl', '-c', path)).code === 0
  return {
    kind: 'system',
    place,
    title: 'the system’s keychain',
    async check(root) {
      const standing = standingIn(await found(), root)
      if (standing !== 'trusted' || (await isTrusted(root))) return { standing }
      return { standing: 'not-trusted', says: 'it is in the keychain, but has no trust settings for TLS' }
    },
    install: async root => [
      step('add-trusted-cert', '-d', '-r', 'trustRoot', '-p', 'ssl', '-p', 'basic', '-k', place, root.path),
    ],
    async remove(root) {
      if (standingIn(await found(), root) !== 'trusted') return []
      const settings = { ...step('remove-trusted-cert', '-d', root.path), mayFail: true }
      return [settings, step('delete-certificate', '-Z', root.sha1.toUpperCase(), place)]
    },
  }
}
