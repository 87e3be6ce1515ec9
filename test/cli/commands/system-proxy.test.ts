import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { type TestContext, test } from 'node:test'
import { fakePrograms, gsettings } from '../../launch/system-proxy/fake-programs.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli, startCli } from '../run-cli.ts'

/** A desktop of GNOME's for the programs that this process starts. */
function desktop(t: TestContext, name = 'GNOME') {
  const { surroundings, calls } = fakePrograms(t, { gsettings }, { desktop: name })
  Object.assign(process.env, surroundings.environment)
  const changes = () => calls().filter(call => !call.startsWith('gsettings <get>'))
  return { changes }
}

test('on, status and off, in a session of GNOME', async t => {
  desktop(t)
  const folder = ownFolder()
  const says = async (...argv: string[]) => (await runCli(folder, 'system-proxy', ...argv)).stdout
  assert.match(await says('on', '--listen', '127.0.0.1:9'), /^the system proxy is 127\.0\.0\.1:9 \(GNOME\) until/)
  assert.equal(await says('status'), 'GNOME: 127.0.0.1:9, set by Parley until "parley system-proxy off"\n')
  assert.equal(await says('off'), 'the system proxy is what it was before\n')
  assert.equal(await says('status'), 'GNOME: none, not set by Parley\n')
})

test('what stands in the settings cannot act on the terminal', async t => {
  desktop(t)
  const set = (...args: string[]) => execFileSync('gsettings', ['set', 'org.gnome.system.proxy', ...args])
  set('mode', "'auto'")
  set('autoconfig-url', "'http://a/\x1b[31m'")
  const { stdout } = await runCli(ownFolder(), 'system-proxy', 'status')
  assert.equal(stdout, 'GNOME: PAC http://a/\\x1b[31m, not set by Parley\n')
})

test('a port that is not known is no address to send programs to', async t => {
  const { changes } = desktop(t)
  const { code, stderr } = await runCli(ownFolder(), 'system-proxy', 'on', '--listen', '127.0.0.1:0')
  assert.deepEqual([code, stderr], [2, 'parley: --listen: give the port where Parley listens.\n'])
  assert.deepEqual(changes(), [])
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`--system-proxy holds until ${signal}`, async t => {
    const { changes } = desktop(t)
    const folder = ownFolder()
    const program = startCli(folder, 'record', '--listen', '127.0.0.1:0', '--system-proxy')
    t.after(() => program.child.kill('SIGKILL')) // where something below fails
    const [, port] = await program.says(/the system proxy is 127\.0\.0\.1:(\d+) \(GNOME\) until Parley ends/)
    assert.ok(changes().includes(`gsettings <set> <org.gnome.system.proxy.http> <port> <${port}>`))
    program.child.kill(signal)
    const { code, stderr } = await program.ended
    assert.equal(code, 0, stderr)
    assert.deepEqual([changes().length, stderr.includes('still')], [6, false])
    assert.match((await runCli(folder, 'system-proxy', 'status')).stdout, /^GNOME: none, not set by Parley/)
  })

test('where it cannot be set, no proxy runs that nobody is sent to', async t => {
  desktop(t, 'sway')
  const { code, stderr } = await runCli(ownFolder(), '--no-tui', '--listen', '127.0.0.1:0', '--system-proxy')
  assert.equal(code, 1)
  assert.match(stderr, /parley: no proxy settings that Parley knows .*\/proxy\.pac$/m)
})
