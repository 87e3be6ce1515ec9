import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { BrowserProcess } from '../../../src/launch/browser/browser-process.ts'
import { fakeChromium, fakeProgram, folderOf, isAlive, startedWith } from './fake-browser.ts'

function start(t: TestContext, command: string, platform: NodeJS.Platform = 'linux', environment = process.env) {
  const running = new BrowserProcess({ title: 'Chromium', command, words: ['--a', '$(b) c'], environment, platform })
  t.after(() => running.close(0))
  return running
}

test('it gets its arguments as they are, and ends when it is asked to', async t => {
  const { command, started } = fakeChromium(folderOf(t))
  const running = start(t, command)
  await running.started
  const { pid, words } = await startedWith(started)
  assert.deepEqual(words, ['--a', '$(b) c'])
  await running.close(5000)
  assert.equal(await running.ended, undefined)
  assert.equal(isAlive(pid), false)
})

test('one that does not heed that is ended, with what it started', async t => {
  const folder = folderOf(t)
  const { command, started } = fakeChromium(
    folder,
    `import { spawn } from 'node:child_process'
process.on('SIGTERM', () => {})
const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: 'inherit' })
fs.writeFileSync('${folder}/child', String(child.pid))`,
  )
  const running = start(t, command)
  const { pid } = await startedWith(started)
  await running.close(100)
  const child = Number(readFileSync(join(folder, 'child'), 'utf8'))
  for (let i = 0; i < 100 && isAlive(child); i++) await sleep(20)
  assert.deepEqual([isAlive(pid), isAlive(child)], [false, false])
})

test('one that ends by itself is fine with 0; else the last that it said is known', async t => {
  const folder = folderOf(t)
  assert.equal(await start(t, fakeProgram(folder, 'closed', '')).ended, undefined)
  const said = '[12:34:1129/1:ERROR:ozone.cc:256] Missing X server or $DISPLAY'
  const failing = fakeProgram(folder, 'failing', `console.error('first\\n${said}'); process.exitCode = 1`)
  assert.equal(await start(t, failing).ended, 'Chromium ended with 1: Missing X server or $DISPLAY')
})

test('a child that holds stderr open does not keep it from having ended', async t => {
  const folder = folderOf(t)
  const command = fakeProgram(
    folder,
    'parent',
    `import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit' }).unref()`,
  )
  const begun = performance.now()
  assert.equal(await start(t, command).ended, undefined)
  assert.ok(performance.now() - begun < 10_000)
})

test('no such program is an error that names it', async t => {
  const running = new BrowserProcess({
    title: 'Chromium',
    command: join(folderOf(t), 'none'),
    words: [],
    environment: {},
    platform: 'linux',
  })
  await assert.rejects(running.started, /Chromium cannot be started: .*none \(ENOENT\)/)
})

test('on Windows taskkill ends it with all that it started', async t => {
  const folder = folderOf(t)
  fakeProgram(
    folder,
    'taskkill',
    `import fs from 'node:fs'
const words = process.argv.slice(2)
fs.appendFileSync('${folder}/asked', words.join(' ') + '\\n')
if (words.includes('/F')) process.kill(Number(words[1]), 'SIGKILL')`,
  )
  const { command, started } = fakeChromium(folder)
  const running = start(t, command, 'win32', { ...process.env, PATH: `${folder}:${process.env.PATH}` })
  const { pid } = await startedWith(started)
  await running.close(300)
  assert.equal(existsSync(`/proc/${pid}`), false)
  assert.equal(readFileSync(join(folder, 'asked'), 'utf8'), `/PID ${pid} /T\n/PID ${pid} /T /F\n`)
})
