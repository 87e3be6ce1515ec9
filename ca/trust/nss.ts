import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ask, insist, TrustError } from './step.ts'
import { certificatesIn, type Store, standingIn, type TrustedRoot } from './store.ts'
import { findProgram, foldersIn, mayWrite, type Surroundings } from './surroundings.ts'

const howToGet =
  'certutil of NSS is missing: apt install libnss3-tools, dnf install nss-tools, pacman -S nss, zypper install mozilla-nss-tools, brew install nss'

/** Every database of NSS that a browser of this person has: Chromium's, and one for each profile of Firefox. */
export function nssStores(surroundings: Surroundings): readonly Store[] {
  const { home, platform } = surroundings
  if (platform === 'win32') return [] // there Firefox takes the roots of Windows, and NSS has no certutil
  const firefox = ['.mozilla/firefox', '.config/mozilla/firefox', 'snap/firefox/common/.mozilla/firefox']
  const flatpaks = foldersIn(join(home, '.var/app'))
  const databases = ['.pki/nssdb', '.local/share/pki/nssdb', 'snap/chromium/current/.pki/nssdb']
  const profiles = [
    ...firefox.map(folder => join(home, folder)),
    ...flatpaks.flatMap(app => [join(app, '.mozilla/firefox'), join(app, 'config/mozilla/firefox')]),
    join(home, 'Library/Application Support/Firefox/Profiles'),
  ]
  return [
    ...databases.map(folder => join(home, folder)),
    ...flatpaks.flatMap(app => [join(app, '.pki/nssdb'), join(app, 'data/pki/nssdb')]),
    ...profiles.flatMap(foldersIn),
  ]
    .filter(folder => existsSync(join(folder, 'cert9.db')))
    .map(folder => nssStore(surroundings, folder))
}

export function nssStore(surroundings: Surroundings, place: string): Store {
  const database = ['-d', `sql:${place}`]
  const brew = ['/opt/homebrew/opt/nss/bin', '/usr/local/opt/nss/bin']
  const certutil = () => {
    const found = findProgram(surroundings, 'certutil', ...brew)
    if (found === undefined) throw new TrustError(howToGet)
    return found
  }
  const step = (...args: readonly string[]) => {
    const asRoot = !mayWrite(join(place, 'cert9.db'))
    return { command: certutil(), args: [...database, ...args], asRoot }
  }
  return {
    kind: 'nss',
    place,
    title: place.endsWith('nssdb') ? 'Chromium and others by NSS' : 'a profile of Firefox',
    async check(root) {
      if (!findProgram(surroundings, 'certutil', ...brew)) return { standing: 'unknown', says: howToGet }
      const trusted: Buffer[] = []
      for (const nickname of trustedNicknames(await insist(surroundings, certutil(), ...database, '-L')))
        trusted.push(...(await named(surroundings, certutil(), database, nickname)))
      return { standing: standingIn(trusted, root) }
    },
    install: async root => [step('-A', '-n', nicknameOf(root), '-t', 'C,,', '-i', root.path)],
    async remove(root) {
      if (!existsSync(join(place, 'cert9.db'))) return []
      const there = await named(surroundings, certutil(), database, nicknameOf(root))
      return there.some(der => der.equals(root.der)) ? [step('-D', '-n', nicknameOf(root))] : []
    },
  }
}

const nicknameOf = (root: TrustedRoot): string => `Parley CA ${root.name.slice('parley-'.length)}`

/** The certificates with this nickname, and others of the same subject; none where there is no such. */
async function named(surroundings: Surroundings, certutil: string, database: readonly string[], nickname: string) {
  const { stdout } = await ask(surroundings, certutil, ...database, '-L', '-n', nickname, '-a')
  return certificatesIn(stdout)
}

/** Of `certutil -L`: a nickname, then the trust for TLS, mail and code; C is a trusted authority. */
const trustedNicknames = (list: string): readonly string[] =>
  [...list.matchAll(/^(.+?) +([a-zA-Z]*),[a-zA-Z]*,[a-zA-Z]* *$/gm)]
    .filter(([, , tls]) => tls!.includes('C'))
    .map(([, nickname]) => nickname!)
