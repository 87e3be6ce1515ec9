import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from './step.ts'
import { type Checked, certificatesIn, type Store, standingIn, type TrustedRoot } from './store.ts'
import { findProgram, type Surroundings } from './surroundings.ts'

/** Where a family of distributions keeps the roots that its administrator adds, and what it makes of them. */
interface Layout {
  readonly name: string
  readonly anchors: string
  readonly ending: string
  readonly update: readonly [command: string, ...args: string[]]
  /** The same after a removal: Debian leaves links that lead nowhere otherwise. */
  readonly afterRemoval?: readonly [command: string, ...args: string[]]
  /** All trusted roots in PEM, made by the update. */
  readonly bundle: string
}

const javaOfDebian = 'etc/ssl/certs/java/cacerts' // a hook of the update puts roots in, and never takes one out

const layouts: readonly Layout[] = [
  {
    name: 'Fedora',
    anchors: 'etc/pki/ca-trust/source/anchors',
    ending: 'pem',
    update: ['update-ca-trust', 'extract'],
    bundle: 'etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  },
  {
    name: 'Debian',
    anchors: 'usr/local/share/ca-certificates',
    ending: 'crt',
    update: ['update-ca-certificates'],
    afterRemoval: ['update-ca-certificates', '--fresh'],
    bundle: 'etc/ssl/certs/ca-certificates.crt',
  },
  {
    name: 'Arch',
    anchors: 'etc/ca-certificates/trust-source/anchors',
    ending: 'crt',
    update: ['trust', 'extract-compat'],
    bundle: 'etc/ca-certificates/extracted/tls-ca-bundle.pem',
  },
  {
    name: 'SUSE',
    anchors: 'usr/share/pki/trust/anchors',
    ending: 'pem',
    update: ['update-ca-certificates'],
    bundle: 'var/lib/ca-certificates/ca-bundle.pem',
  },
]

/** The system's store of this Linux; none where its layout is not known. */
export const linuxSystemStores = (surroundings: Surroundings): readonly Store[] =>
  layouts
    .filter(({ anchors }) => existsSync(join(surroundings.base, anchors)))
    .slice(0, 1)
    .map(layout => linuxSystemStore(surroundings, layout))

function linuxSystemStore(surroundings: Surroundings, layout: Layout): Store {
  const { base } = surroundings
  const place = join(base, layout.anchors)
  const bundle = join(base, layout.bundle)
  const java = join(base, javaOfDebian)
  const elsewhere = base === '/' ? [] : ['--sysroot', base] // Debian's update alone has it
  const fileOf = (root: TrustedRoot) => join(place, `${root.name}.${layout.ending}`)
  const asRoot = (command: string, ...args: readonly string[]): Step => ({
    command: findProgram(surroundings, command) ?? command,
    args,
    asRoot: true,
  })
  const update = ([command, ...args]: Layout['update']) =>
    asRoot(command, ...(layout.name === 'Debian' ? elsewhere : []), ...args)
  const trusted = () => (existsSync(bundle) ? certificatesIn(readFileSync(bundle, 'utf8')) : [])
  const trusts = (root: TrustedRoot) => trusted().some(der => der.equals(root.der))
  const anchorsHold = (root: TrustedRoot) =>
    filesIn(place).some(file => certificatesIn(readFileSync(file, 'utf8')).some(der => der.equals(root.der)))
  return {
    kind: 'system',
    place,
    title: `the system, as ${layout.name} has it`,
    reaches: layout.name === 'Debian' && existsSync(java) ? [{ kind: 'java', place: java }] : [],
    async check(root): Promise<Checked> {
      const [command] = layout.update
      if (!findProgram(surroundings, command)) return { standing: 'not-there', says: `${command} is not installed` }
      return { standing: standingIn(trusted(), root) }
    },
    install: async root => [asRoot('install', '-m', '0644', '--', root.path, fileOf(root)), update(layout.update)],
    async remove(root) {
      const anew = update(layout.afterRemoval ?? layout.update)
      if (existsSync(fileOf(root))) return [asRoot('rm', '-f', '--', fileOf(root)), anew]
      const isLeft = trusts(root) && !anchorsHold(root) // who took the file out was stopped before the update
      return isLeft ? [anew] : []
    },
  }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
