import { posix, win32 } from 'node:path'
import type { KnownBrowser } from './known-browsers.ts'
import type { Machine } from './machine.ts'

/** A browser that can be started. */
export interface FoundBrowser extends Pick<KnownBrowser, 'title' | 'family'> {
  /** Tells its profiles from those of other browsers. */
  readonly name: string
  readonly command: string
  /** The only folder that a build in a sandbox can write to. */
  readonly home?: string
}

type Place = Pick<FoundBrowser, 'command' | 'home'>

/** The browser on this machine; undefined where it is in none of its places. */
export function findBrowser(browser: KnownBrowser, machine: Machine): FoundBrowser | undefined {
  for (const place of placesOf(browser, machine)) if (machine.isProgram(place.command)) return { ...browser, ...place }
  return undefined
}

/** Where a browser is looked for, as a person is told. */
export function placesSaid({ commands, snap, flatpak, app, exe }: KnownBrowser, { platform }: Machine): string {
  if (platform === 'win32') return exe
  if (platform === 'darwin') return `${app[0]}.app`
  return `${commands.join(', ')} on PATH, ${snap ? `snap ${snap}, ` : ''}flatpak ${flatpak}`
}

/** The program that a person named by its path: a browser of Firefox's family if its name says so, else of Chromium's. */
export function browserAt(path: string, machine: Machine): FoundBrowser | undefined {
  const { basename, join } = machine.platform === 'win32' ? win32 : posix
  const file = basename(path).replace(/\.(?:exe|app)$/i, '')
  const commands = path.endsWith('.app')
    ? [file, file.split(' ')[0]!.toLowerCase()].map(name => join(path, 'Contents', 'MacOS', name))
    : [path]
  const command = commands.find(machine.isProgram)
  if (command === undefined) return undefined
  const family = /firefox|librewolf|waterfox|floorp|zen/i.test(file) ? 'firefox' : 'chromium'
  return { name: file, title: file, family, ...sandboxed(command, machine) }
}

function* placesOf(browser: KnownBrowser, machine: Machine): Generator<Place> {
  const commands = { win32: onWindows, darwin: onMac }[machine.platform as string] ?? onLinux
  for (const command of commands(browser, machine))
    yield machine.platform === 'linux' ? sandboxed(command, machine) : { command }
}

function* onLinux(browser: KnownBrowser, machine: Machine): Generator<string> {
  yield* onPath(browser, machine)
  if (browser.snap) yield `/snap/bin/${browser.snap}`
  for (const folder of ['/var/lib/flatpak', posix.join(machine.home, '.local/share/flatpak')])
    yield posix.join(folder, 'exports/bin', browser.flatpak)
}

function* onMac(browser: KnownBrowser, machine: Machine): Generator<string> {
  const [name, program] = browser.app
  for (const folder of ['/Applications', posix.join(machine.home, 'Applications')])
    yield `${folder}/${name}.app/Contents/MacOS/${program}`
  yield* onPath(browser, machine)
}

function* onWindows({ exe, sharesKey }: KnownBrowser, { environment, ask }: Machine): Generator<string> {
  for (const name of ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']) {
    const folder = environment[name]
    if (folder) yield win32.join(folder, exe)
  }
  if (sharesKey) return
  for (const hive of ['HKCU', 'HKLM']) {
    const key = `${hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\${win32.basename(exe)}`
    const path = /REG_SZ\s+"?([^"\r\n]+?)"?\s*$/m.exec(ask('reg', ['query', key, '/ve']))?.[1]
    if (path) yield path
  }
}

const onPath = ({ commands }: KnownBrowser, { environment }: Machine): readonly string[] =>
  commands.flatMap(name =>
    (environment.PATH ?? '')
      .split(':')
      .filter(folder => folder.startsWith('/'))
      .map(folder => posix.join(folder, name)),
  )

/** A snap, also where a script of the distribution starts it, and a flatpak write to a folder of their own alone. */
function sandboxed(command: string, { home, read }: Machine): Place {
  if (command.includes('/flatpak/exports/bin/'))
    return { command, home: posix.join(home, '.var/app', posix.basename(command), 'data') }
  const text = command.startsWith('/snap/bin/') ? command : read(command)
  const snap = text.startsWith('\x7fELF') ? undefined : /\/snap\/bin\/([\w-]+)/.exec(text)?.[1]
  return snap === undefined ? { command } : { command, home: posix.join(home, 'snap', snap, 'common') }
}
