/** All that changes a machine, in the home of a new user: files, stores and settings are afterwards what they were before. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { type Ended, type Running, run, start, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

/** A new user's home and session, and an origin to visit. */
interface Person {
  readonly home: string
  readonly temporary: string
  readonly url: string
  readonly upstream: readonly string[]
  run(...args: readonly string[]): Promise<Ended>
  start(...args: readonly string[]): Running
  /** Everything that a person could find changed, as lines. */
  look(): Promise<readonly string[]>
}

const systemFolders = ['/etc/ssl/certs', '/usr/local/share/ca-certificates']

/** Not compared byte by byte: databases, which are asked for what is in them, and what Parley keeps on purpose. */
const asked = /^(?:\.pki\/nssdb\/|(?:config\/)?dconf\/|data\/parley\/(?:ca|captures|touched\.json)[ /])/

async function openPerson(t: TestContext): Promise<Person> {
  const [home, temporary] = [temporaryFolder(t), mkdtempSync('/tmp/p-')] // short: Chromium has a socket there
  t.after(() => rmSync(temporary, { recursive: true, force: true }))
  const env = await openSession(t, home, temporary)
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host: 'localhost' }))
  const ask = (program: string, ...args: readonly string[]) => run(program, args, { env })
  return {
    home,
    temporary,
    url: `https://localhost:${port}/`,
    upstream: ['--upstream-ca', identities.caPath],
    run: (...args) => ask(process.execPath, main, ...args),
    start: (...args) => start(t, process.execPath, [main, ...args], { env }),
    async look() {
      const files = [home, temporary].flatMap(folder => filesIn(folder).filter(line => !asked.test(line)))
      const settings = (await ask('gsettings', 'list-recursively', 'org.gnome.system.proxy')).stdout.split('\n').sort()
      const roots = (await ask('certutil', '-L', '-d', `sql:${home}/.pki/nssdb`)).stdout
      return [...files, ...systemFolders.flatMap(filesIn), ...settings, roots, ...processesIn(home, temporary)]
    },
  }
}

/** GNOME's settings on a bus of their own, a certificate database, and something of the person's own in each. */
async function openSession(t: TestContext, home: string, temporary: string): Promise<Readonly<Record<string, string>>> {
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') }
  const empty = { XDG_CACHE_HOME: join(home, 'cache'), XDG_RUNTIME_DIR: home, DISPLAY: '', TMPDIR: temporary }
  const env = { ...own, ...empty, XDG_CURRENT_DESKTOP: 'GNOME' }
  const bus = start(t, 'dbus-daemon', ['--session', '--nofork', '--print-address'], { env })
  const [address = ''] = await bus.heard(/unix:\S+/)
  const inside = { ...env, DBUS_SESSION_BUS_ADDRESS: address }
  const set = (...args: readonly string[]) => run('gsettings', ['set', ...args], { env: inside })
  await set('org.gnome.system.proxy.http', 'host', 'proxy.example')
  await set('org.gnome.system.proxy', 'ignore-hosts', "['mine.example']")
  mkdirSync(join(home, '.pki/nssdb'), { recursive: true })
  await run('certutil', ['-N', '--empty-password', '-d', `sql:${home}/.pki/nssdb`], { env: inside })
  for (const name of ['.bashrc', '.curlrc', '.npmrc']) writeFileSync(join(home, name), '# mine\n')
  return inside
}

/** Each file below with the digest of what is in it; links with where they lead. */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found
    .map(entry => {
      const path = join(entry.parentPath, entry.name)
      const name = relative(folder, path)
      if (entry.isSymbolicLink()) return `${name} → ${readlinkSync(path)}`
      return `${name} ${entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'no file'}`
    })
    .sort()
}

/** The command lines of processes that speak of these folders. */
function processesIn(...folders: readonly string[]): readonly string[] {
  const commands = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      } catch {
        return '' // it has gone
      }
    })
  return commands.filter(command => folders.some(folder => command.includes(folder)))
}

/** Looks until it is as before, for what ends a little after Parley; then compares. */
async function comparesTo(before: readonly string[], person: Person, after: string): Promise<void> {
  for (let look = 0; look < 100 && (await person.look()).join() !== before.join(); look++) await sleep(100)
  const now = await person.look()
  const changed = [now.filter(line => !before.includes(line)), before.filter(line => !now.includes(line))]
  assert.deepEqual(changed, [[], []], after)
  assert.deepEqual(JSON.parse(readFileSync(join(person.home, 'data/parley/touched.json'), 'utf8')), [], after)
}

const listen = ['--listen', '127.0.0.1:0']

const browse = async ({ start, url, upstream }: Person): Promise<Running> => {
  const running = start('browser', 'chromium', 'firefox', url, ...listen, ...upstream, '--', '--headless')
  await running.heard(/GET .*200|writing/)
  await sleep(5000) // the profiles fill
  return running
}

const setSystemProxy = async ({ start }: Person): Promise<Running> => {
  const running = start('record', ...listen, '--system-proxy')
  await running.heard(/system proxy is/)
  return running
}

const needs = ['gsettings', 'dbus-daemon', 'certutil', 'curl', 'chromium', 'firefox-esr']

e2e('after each command its traces are gone', { needs }, async t => {
  const person = await openPerson(t)
  await person.run('ca', 'path') // from here on there is Parley’s own folder
  const before = await person.look()
  const { stdout } = await person.run('run', ...person.upstream, '--', 'curl', '-sS', `${person.url}ran`)
  assert.match(stdout, /GET \/ran /)
  await comparesTo(before, person, 'parley run')
  await (await browse(person)).stop('SIGTERM')
  await comparesTo(before, person, 'parley browser')
  await (await setSystemProxy(person)).stop('SIGTERM')
  await comparesTo(before, person, '--system-proxy')
  await person.run('ca', 'install', '--yes', 'nss')
  assert.notDeepEqual(await person.look(), before, 'the root is there')
  await person.run('ca', 'renew')
  await person.run('ca', 'uninstall', '--yes')
  await comparesTo(before, person, 'parley ca uninstall')
})

e2e('after kill -9 of all at once the next start puts everything back', { needs }, async t => {
  const person = await openPerson(t)
  await person.run('ca', 'path')
  const before = await person.look()
  const child = person.start('run', ...person.upstream, '--', 'sh', '-c', 'echo begun; sleep 4')
  await child.heard(/begun/)
  const all = [child, await browse(person), await setSystemProxy(person)]
  await Promise.all(all.map(running => running.stop('SIGKILL')))
  assert.notDeepEqual(await person.look(), before)
  const next = person.start('record', ...listen)
  await next.heard(/system proxy is again what it was/)
  await next.stop('SIGTERM')
  await comparesTo(before, person, 'kill -9')
})
