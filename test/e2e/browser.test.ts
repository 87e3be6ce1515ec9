/** Real browsers, opened by `parley browser`: what they load is decrypted, and nothing of them is left. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import https from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processesOf } from '../../src/launch/browser/profile-processes.ts'
import { Journal } from '../../src/launch/journal.ts'
import { openCapture } from '../../src/store/capture.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor, startOrigin } from './support/origin.ts'
import { Installed } from './support/parley.ts'
import { type Owner, type Running, start, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { Terminal } from './support/tmux.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

interface Opened {
  readonly installed: Installed
  readonly running: Running
  readonly capturePath: string
  readonly begun: number
}

/** Starts browsers without a window at an origin for localhost. */
async function open(owner: Owner, names: readonly string[], protocol: 'h1' | 'h2', env = {}): Promise<Opened> {
  const { caPath, leaf } = await makeIdentities(owner)
  const files = leaf('good', { host: 'localhost' })
  const tls = { cert: readFileSync(files.cert), key: readFileSync(files.key) }
  const port =
    protocol === 'h2'
      ? await startOrigin(owner, files)
      : await listenFor(
          owner,
          https.createServer(tls, (_, response) => response.end('hello')),
        )
  const installed = new Installed(owner)
  const begun = performance.now()
  const words = [
    'browser',
    ...names,
    `https://localhost:${port}/page`,
    '--listen',
    '127.0.0.1:0',
    '--upstream-ca',
    caPath,
  ]
  const own = {
    XDG_DATA_HOME: installed.folder,
    XDG_CONFIG_HOME: '',
    XDG_CACHE_HOME: '',
    HOME: installed.folder,
    ...env,
  }
  const running = start(owner, process.execPath, [main, ...words, '--', '--headless'], { env: own })
  const [, capturePath = ''] = await running.heard(/writing (.+\.parley); ends when/)
  return { installed, running, capturePath, begun }
}

/** What is recorded once `count` whole pages are: the protocol of each, and the hosts that were asked for by then. */
async function pages({ capturePath }: Opened, count: number): Promise<{ protocols: string[]; hosts: string[] }> {
  const capture = openCapture(capturePath)
  try {
    for (const end = performance.now() + 90_000; performance.now() < end; await sleep(20)) {
      const connections = capture.connections({ limit: 1000 })
      const protocols = connections.flatMap(({ id, protocol = '' }) => {
        const all = capture.exchangesOf(id).map(each => capture.exchange(each))
        const whole = all.filter(each => each?.request.head.path === '/page' && each.response?.endedAt !== undefined)
        return whole.map(() => protocol)
      })
      if (protocols.length < count) continue
      return { protocols, hosts: [...new Set(connections.map(({ target }) => target?.host ?? ''))] }
    }
  } finally {
    capture.close()
  }
  throw new Error('no page was recorded')
}

const touchedBy = ({ installed }: Opened) =>
  new Journal(join(installed.folder, 'parley/touched.json')).touched('browser')
const homeOf = ({ installed }: Opened): readonly string[] =>
  readdirSync(installed.folder).filter(name => name !== 'parley')

/** Ends Parley as a person does who is done, and sees that nothing is left. */
async function endsWithoutTrace(opened: Opened): Promise<void> {
  const touched = touchedBy(opened)
  assert.ok(touched.length > 0)
  opened.running.child.kill('SIGTERM')
  const { code, stderr } = await opened.running.ended
  assert.equal(code, 0, stderr)
  assertGone(opened, touched)
}

function assertGone(opened: Opened, touched: ReturnType<typeof touchedBy>): void {
  const folders = touched.map(({ key }) => key)
  assert.deepEqual(touchedBy(opened), [])
  assert.deepEqual(
    touched.flatMap(({ before }) => processesOf(before)),
    [],
  )
  assert.deepEqual(folders.filter(existsSync), [])
  assert.deepEqual(homeOf(opened), [])
}

const patience = { timeout: 200_000 }
const since = ({ begun }: Opened): string => `${Math.round(performance.now() - begun)} ms after the start`

e2e(
  'Chromium and Firefox at once, over h2, ask for nothing but the page',
  { needs: ['chromium', 'firefox-esr', 'certutil'], ...patience },
  async t => {
    const opened = await open(t, ['chromium', 'firefox'], 'h2')
    await pages(opened, 1)
    t.diagnostic(`one page ${since(opened)}`)
    await pages(opened, 2)
    t.diagnostic(`both pages ${since(opened)}`)
    await sleep(3000) // what they would ask for by themselves
    assert.deepEqual(await pages(opened, 2), { protocols: ['h2', 'h2'], hosts: ['localhost'] })
    await endsWithoutTrace(opened)
  },
)

e2e('Chromium over HTTP/1.1', { needs: ['chromium'], ...patience }, async t => {
  const opened = await open(t, ['chromium'], 'h1')
  assert.deepEqual(await pages(opened, 1), { protocols: ['http/1.1'], hosts: ['localhost'] })
  t.diagnostic(`page ${since(opened)}`)
  await endsWithoutTrace(opened)
})

/** All programs of this machine but one. */
function pathWithout(owner: Owner, name: string): string {
  const folder = temporaryFolder(owner)
  for (const each of readdirSync('/usr/bin')) if (each !== name) symlinkSync(`/usr/bin/${each}`, join(folder, each))
  return folder
}

e2e(
  'Firefox over HTTP/1.1, where it has to trust the root by itself',
  { needs: ['firefox-esr'], ...patience },
  async t => {
    const opened = await open(t, ['firefox'], 'h1', { PATH: pathWithout(t, 'certutil') })
    assert.deepEqual(await pages(opened, 1), { protocols: ['http/1.1'], hosts: ['localhost'] })
    t.diagnostic(`page ${since(opened)}`)
    await endsWithoutTrace(opened)
  },
)

e2e('what is left by kill -9 is gone after the next start', { needs: ['chromium'], ...patience }, async t => {
  const opened = await open(t, ['chromium'], 'h2')
  await pages(opened, 1)
  const touched = touchedBy(opened)
  await opened.running.stop('SIGKILL')
  assert.ok(touched.every(({ before }) => processesOf(before).length > 0))
  const next = opened.installed.start(t, 'record', '--listen', '127.0.0.1:0')
  await next.heard(/listening on/)
  for (const end = performance.now() + 30_000; touchedBy(opened).length > 0 && performance.now() < end; )
    await sleep(50)
  await next.stop('SIGTERM')
  assertGone(opened, touched)
})

/** One of them may end with another. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {}
}

e2e(
  'the screen runs beside the browser, and stays when that is closed',
  { needs: ['chromium', 'tmux'], ...patience },
  async t => {
    const { caPath, leaf } = await makeIdentities(t)
    const port = await startOrigin(t, leaf('good', { host: 'localhost' }))
    const folder = temporaryFolder(t)
    const words = [`https://localhost:${port}/page`, '--listen 127.0.0.1:0', `--upstream-ca ${caPath}`, '-- --headless']
    const command = `XDG_DATA_HOME=${folder} HOME=${folder} ${process.execPath} ${main} browser chromium ${words.join(' ')}; echo exit $?`
    const terminal = await Terminal.open(t, 120, 30, command)
    await terminal.shows(/GET .*\/page/, 60_000)
    const [touched] = new Journal(join(folder, 'parley/touched.json')).touched('browser')
    for (const pid of processesOf(touched!.before)) endProcess(pid) // Chromium closes its windows
    await terminal.press('E')
    await terminal.shows(/Chromium was closed/, 30_000)
    await terminal.press('C-c')
    await terminal.shows(/exit 0/, 30_000)
    assert.equal(existsSync(touched!.key), false)
  },
)
