import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { endProcessesOf, processesOf } from '../../../src/launch/browser/profile-processes.ts'
import { lacking } from '../../lacking.ts'
import { folderOf } from './fake-browser.ts'

/** A process with these arguments that says when it runs. */
async function running(t: TestContext, words: readonly string[], code = ''): Promise<ChildProcess> {
  const stay = `${code}; setInterval(() => {}, 1000); console.log('runs')`
  const child = spawn(process.execPath, ['-e', stay, '--', ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout!, 'data')
  return child
}

for (const platform of ['linux', 'darwin'] as const)
  test(`a process is known by its profile, as ${platform} lists it`, {
    skip: platform === 'darwin' && lacking('ps'),
  }, async t => {
    const profile = join(folderOf(t), 'pro file')
    const chromium = await running(t, ['--no-first-run', `--user-data-dir=${profile}`, 'about:blank'])
    const firefox = await running(t, ['--no-remote', '--profile', profile])
    await running(t, [profile]) // an editor, say
    await running(t, [`--user-data-dir=${profile}2`])
    const pids = processesOf(profile, platform)
    assert.deepEqual([...pids].sort(), [chromium.pid, firefox.pid].sort())
  })

test('on Windows nothing is known', () => {
  assert.deepEqual(processesOf('/tmp', 'win32'), [])
})

test('what runs is asked to end, and what does not heed that is ended', async t => {
  const profile = folderOf(t)
  const [polite, deaf] = [
    await running(t, ['--profile', profile], "process.on('SIGTERM', () => process.exit(7))"),
    await running(t, ['--profile', profile], "process.on('SIGTERM', () => {})"),
  ]
  const ends = Promise.all([once(polite, 'exit'), once(deaf, 'exit')])
  await endProcessesOf(profile, 300)
  assert.deepEqual(await ends, [
    [7, null],
    [null, 'SIGKILL'],
  ])
  assert.deepEqual(processesOf(profile), [])
})
