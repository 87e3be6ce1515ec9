import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Trial, tryProgram } from '../../src/launch/try-program.ts'

function ownFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return realpathSync(folder)
}

const node = (folder: string, script: string, more: Partial<Trial> = {}) =>
  tryProgram({
    command: process.execPath,
    args: ['-e', script],
    environment: { WORD: 'from the environment' },
    folder,
    limit: 60_000,
    enough: new AbortController().signal,
    ...more,
  })

test('what it prints on either output is heard, with its own environment, folder and input', async t => {
  const folder = ownFolder(t)
  const script = `
    console.log(process.cwd(), process.env.WORD, process.env.PATH)
    process.stdin.on('data', text => console.error(String(text)))`
  const { timedOut, said } = await node(folder, script, { input: 'from stdin' })
  assert.equal(timedOut, false)
  assert.ok(said.includes(`${folder} from the environment undefined\n`) && said.includes('from stdin'), said)
})

test('of much only the last is kept', async t => {
  const { said } = await node(ownFolder(t), `process.stdout.write('x'.repeat(100000) + 'end')`)
  assert.deepEqual([said.length, said.slice(-4)], [4096, 'xend'])
})

test('what takes too long is ended, and said to be late; so is what does not heed SIGTERM', async t => {
  const { timedOut, said } = await node(
    ownFolder(t),
    `process.on('SIGTERM', () => console.log('asked')); console.log('up'); setInterval(() => {}, 1000)`,
    { limit: 3000 },
  )
  assert.deepEqual([timedOut, said], [true, 'up\nasked\n'])
})

test('what is enough ends it and what it has started, and it is not late', {
  skip: process.platform === 'win32',
}, async t => {
  const folder = ownFolder(t)
  const enough = new AbortController()
  const pidFile = join(folder, 'pid')
  const script = `
    const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    require('fs').writeFileSync('pid', String(child.pid))
    setInterval(() => {}, 1000)`
  const trying = node(folder, script, { enough: enough.signal })
  for (let look = 0; look < 600 && !existsSync(pidFile); look++) await sleep(50)
  await sleep(50)
  enough.abort()
  assert.equal((await trying).timedOut, false)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  for (let look = 0; look < 100 && isAlive(pid); look++) await sleep(50)
  assert.equal(isAlive(pid), false)
})

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) // nobody may have waited for it
  } catch {
    return false
  }
}

test('what is not wanted any more before it starts does not run on', async t => {
  const { timedOut } = await node(ownFolder(t), 'setInterval(() => {}, 1000)', { enough: AbortSignal.abort() })
  assert.equal(timedOut, false)
})

test('a program that cannot be started says so', async t => {
  const { said } = await node(ownFolder(t), '', { command: '/absent/program' })
  assert.match(said, /ENOENT/)
})
