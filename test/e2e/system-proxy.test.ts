/** The settings of real desktops: dconf on a session bus of its own, kioslaverc. They are compared before and after. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Ended, type Running, run, start, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

interface Session {
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  parley(...args: readonly string[]): Promise<Ended>
  start(...args: readonly string[]): Running
}

/** A person's session on a desktop, with nothing in it. */
async function openSession(t: TestContext, desktop: string): Promise<Session> {
  const home = temporaryFolder(t)
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') }
  const env = { ...own, XDG_CURRENT_DESKTOP: desktop, XDG_RUNTIME_DIR: home, DISPLAY: '' }
  const bus = start(t, 'dbus-daemon', ['--session', '--nofork', '--print-address'], { env })
  const [address] = await bus.heard(/unix:\S+/)
  const inside = { ...env, DBUS_SESSION_BUS_ADDRESS: address }
  return {
    home,
    env: inside,
    parley: (...args) => run(process.execPath, [main, ...args], { env: inside }),
    start: (...args) => start(t, process.execPath, [main, ...args], { env: inside }),
  }
}

const gsettings = async ({ env }: Session, ...args: readonly string[]): Promise<string> =>
  (await run('gsettings', args, { env })).stdout.trim()

/** All that GNOME keeps of proxies. */
const dump = async (session: Session): Promise<readonly string[]> =>
  (await gsettings(session, 'list-recursively', 'org.gnome.system.proxy')).split('\n').toSorted()

const needsGnome = { needs: ['gsettings', 'dbus-daemon'] }

e2e('GNOME: on and off leave what a person had set', needsGnome, async t => {
  const session = await openSession(t, 'GNOME')
  await gsettings(session, 'set', 'org.gnome.system.proxy.http', 'host', 'proxy.example')
  await gsettings(session, 'set', 'org.gnome.system.proxy', 'ignore-hosts', "['a b', '\\u0020\"']")
  await gsettings(session, 'set', 'org.gnome.system.proxy', 'mode', 'manual')
  const before = await dump(session)
  const on = await session.parley('system-proxy', 'on', '--listen', '127.0.0.1:9999')
  assert.match(on.stdout, /^the system proxy is 127\.0\.0\.1:9999 \(GNOME\)/, on.stderr)
  assert.equal(await gsettings(session, 'get', 'org.gnome.system.proxy.https', 'port'), '9999')
  const { stdout } = await session.parley('system-proxy', 'status')
  assert.equal(stdout, 'GNOME: 127.0.0.1:9999, set by Parley until "parley system-proxy off"\n')
  await session.parley('system-proxy', 'off')
  assert.deepEqual(await dump(session), before)
})

e2e('GNOME: what somebody else sets meanwhile stays', needsGnome, async t => {
  const session = await openSession(t, 'GNOME')
  await session.parley('system-proxy', 'on')
  await gsettings(session, 'set', 'org.gnome.system.proxy', 'mode', 'auto')
  const off = await session.parley('system-proxy', 'off')
  assert.match(off.stderr, /left as somebody else has set it meanwhile: GNOME org\.gnome\.system\.proxy mode$/m)
  assert.equal(await gsettings(session, 'get', 'org.gnome.system.proxy', 'mode'), "'auto'")
  assert.equal(await gsettings(session, 'get', 'org.gnome.system.proxy.http', 'host'), "''")
})

e2e('GNOME: --system-proxy ends with Parley, and after kill -9 with the next start', needsGnome, async t => {
  const session = await openSession(t, 'GNOME')
  const before = await dump(session)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const parley = session.start('record', '--listen', '127.0.0.1:0', '--system-proxy')
    const [, port] = await parley.heard(/listening on 127\.0\.0\.1:(\d+)/)
    assert.equal(await gsettings(session, 'get', 'org.gnome.system.proxy.http', 'port'), port)
    await parley.stop(signal)
    assert.equal((await dump(session)).join() === before.join(), signal === 'SIGTERM')
  }
  const next = session.start('record', '--listen', '127.0.0.1:0')
  await next.heard(/the system proxy is again what it was before/)
  assert.deepEqual(await dump(session), before)
  await next.stop()
})

e2e('GNOME: Chromium comes through Parley as it is', { needs: [...needsGnome.needs, 'chromium'] }, async t => {
  const session = await openSession(t, 'GNOME')
  const origin = createServer((_request, response) => response.end('<title>reached</title>')).listen(0, '127.0.0.1')
  t.after(() => origin.close())
  await once(origin, 'listening')
  const name = ['--resolve', 'gnome.example:127.0.0.1'] // which Chromium alone cannot look up
  const parley = session.start('record', '--listen', '127.0.0.1:0', '--system-proxy', ...name)
  await parley.heard(/listening on/)
  const url = `http://gnome.example:${(origin.address() as AddressInfo).port}/`
  const flags = ['--headless', '--no-sandbox', '--no-first-run', `--user-data-dir=${session.home}/profile`]
  const { stdout } = await run('chromium', [...flags, '--dump-dom', url], { env: session.env, timeout: 60_000 })
  assert.match(stdout, /<title>reached/)
  await parley.stop()
})

e2e('GNOME: where no bus keeps the settings, that is said', { needs: ['gsettings'] }, async t => {
  const home = temporaryFolder(t)
  const own = { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data') }
  const env = { ...own, XDG_CURRENT_DESKTOP: 'GNOME', GSETTINGS_BACKEND: 'memory' }
  const { code, stderr } = await run(process.execPath, [main, 'system-proxy', 'on'], { env })
  assert.equal(code, 1)
  assert.match(stderr, /GNOME does not take what is set/)
})

e2e('KDE: on and off leave the file as it was', { needs: ['kwriteconfig5', 'dbus-daemon'] }, async t => {
  const session = await openSession(t, 'KDE')
  const file = join(session.home, 'config', 'kioslaverc')
  await run(
    'kwriteconfig5',
    ['--file', 'kioslaverc', '--group', 'Proxy Settings', '--key', 'NoProxyFor', 'a.b'],
    session,
  )
  const before = readFileSync(file, 'utf8')
  const monitor = start(t, 'dbus-monitor', ['--session', "interface='org.kde.KIO.Scheduler'"], session)
  await monitor.heard(/signal/) // that the monitor itself has come
  const on = await session.parley('system-proxy', 'on', '--listen', '127.0.0.1:9999')
  assert.match(on.stdout, /\(KDE\)/, on.stderr)
  const set = readFileSync(file, 'utf8')
  for (const line of ['ProxyType=1', 'httpProxy=http://127.0.0.1 9999', 'httpsProxy=http://127.0.0.1 9999'])
    assert.ok(set.includes(line), set)
  await monitor.heard(/member=reparseSlaveConfiguration/)
  const { stdout } = await session.parley('system-proxy', 'status')
  assert.match(stdout, /^KDE: 127\.0\.0\.1:9999, set by Parley/)
  await session.parley('system-proxy', 'off')
  assert.ok(existsSync(file))
  assert.equal(readFileSync(file, 'utf8'), before)
})
