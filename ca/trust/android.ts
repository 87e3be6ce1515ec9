import { subjectHashOld } from '../forms/android-name.ts'
import { addToSystem, removeFromSystem, systemFolder } from './android-script.ts'
import { ask, insist, type Step, TrustError } from './step.ts'
import { certificatesIn, type Store, standingIn, type TrustedRoot } from './store.ts'
import { findProgram, type Surroundings } from './surroundings.ts'

const noAdb = 'adb is missing: apt install adb, or get the Android platform tools'
const download = '/sdcard/Download/parley-ca.crt'
const byHand = {
  install: `on the device open Settings, search for "CA certificate", choose Install anyway and then ${download}; apps trust it only if they are built to, Chrome does`,
  remove: 'on the device open Settings, search for "User credentials", choose the Parley CA and then Remove',
}

/** Every Android device that adb sees. */
export async function androidStores(surroundings: Surroundings): Promise<readonly Store[]> {
  if (!findProgram(surroundings, 'adb')) return []
  const list = await insist(surroundings, 'adb', 'devices')
  const serials = [...list.matchAll(/^([\w.:-]+)\tdevice\r?$/gm)].map(([, serial]) => serial!)
  return Promise.all(serials.map(serial => androidStore(surroundings, serial)))
}

/** One device: the system's store, until it restarts, where it is rooted; else a file and what to do with it by hand. */
export async function androidStore(surroundings: Surroundings, serial: string): Promise<Store> {
  if (!findProgram(surroundings, 'adb')) throw new TrustError(noAdb)
  const shell = (...words: readonly string[]) => ask(surroundings, 'adb', '-s', serial, 'shell', ...words)
  const step = (...args: readonly string[]): Step => ({ command: 'adb', args: ['-s', serial, ...args], asRoot: false })
  const state = await ask(surroundings, 'adb', '-s', serial, 'get-state')
  if (state.code !== 0) throw new TrustError(`the Android device ${serial} is not connected`)
  const root = (await rootShell(shell)) ?? undefined
  const own = { kind: 'android', place: serial } as const
  return root === undefined ? byPerson(own, shell, step) : bySystem(own, root, shell, step)
}

type Shell = (...words: readonly string[]) => ReturnType<typeof ask>
type MakeStep = (...args: readonly string[]) => Step

/** What goes before a command to run it as root; undefined where nothing does. */
async function rootShell(shell: Shell): Promise<readonly string[] | undefined> {
  for (const prefix of [[], ['su', '0']]) {
    const { code, stdout } = await shell(...prefix, 'id', '-u')
    if (code === 0 && stdout.trim() === '0') return prefix
  }
  return undefined
}

function bySystem(own: Pick<Store, 'kind' | 'place'>, prefix: readonly string[], shell: Shell, step: MakeStep): Store {
  const fileOf = (root: TrustedRoot) => `${subjectHashOld(root.der)}.0`
  const there = async (root: TrustedRoot) =>
    certificatesIn((await shell(...prefix, 'cat', `${systemFolder}/${fileOf(root)}`)).stdout)
  const run = (script: string) => step('shell', ...prefix, 'sh', '-c', `'${script}'`) // adb joins words: the device's shell reads this
  return {
    ...own,
    title: 'Android, its system until it restarts',
    check: async root => ({ standing: standingIn(await there(root), root) }),
    async install(root) {
      const pushed = `/data/local/tmp/${fileOf(root)}`
      return [step('push', root.path, pushed), run(addToSystem(fileOf(root)))]
    },
    async remove(root) {
      const its = (await there(root)).some(der => der.equals(root.der))
      return its ? [run(removeFromSystem(fileOf(root)))] : []
    },
  }
}

function byPerson(own: Pick<Store, 'kind' | 'place'>, shell: Shell, step: MakeStep): Store {
  return {
    ...own,
    title: 'Android, without root',
    byHand,
    check: async () => ({ standing: 'unknown', says: 'a device without root does not tell what its person trusts' }),
    install: async root => [step('push', root.path, download)],
    async remove(root) {
      const there = certificatesIn((await shell('cat', download)).stdout)
      return there.some(der => der.equals(root.der)) ? [step('shell', 'rm', '-f', download)] : []
    },
  }
}
