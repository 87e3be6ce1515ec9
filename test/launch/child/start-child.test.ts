import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NotStarted, startChild } from '../../../src/launch/child/start-child.ts'

const node = (script: string) => ({ command: process.execPath, args: ['-e', script], env: {} })
const unheard = { stdout() {}, stderr() {} }

test('an exit code is the child’s, and of a signal 128 and its number', async () => {
  for (const [script, code] of [
    ['process.exit(7)', 7],
    ['', 0],
    ['process.kill(process.pid, "SIGKILL")', 137],
  ] as const)
    assert.equal(await (await startChild({ ...node(script), heard: unheard })).ended, code, script)
})

test('what is not there, or cannot be run, is refused with the exit code of shells', async () => {
  const failure = (command: string) => startChild({ command, args: [], env: {} }).catch((error: unknown) => error)
  const missing = await failure('/no/such/program')
  assert.ok(missing instanceof NotStarted)
  assert.deepEqual([missing.exitCode, missing.message], [127, '/no/such/program: command not found'])
  const folder = await failure('/')
  assert.ok(folder instanceof NotStarted)
  assert.equal(folder.exitCode, 126)
})

test('both outputs are heard to their end, as text', async () => {
  const out: string[] = []
  const err: string[] = []
  const script = 'console.log("ü".repeat(100_000)); console.error("no")'
  const heard = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) }
  const { ended } = await startChild({ ...node(script), heard })
  await ended
  assert.deepEqual([out.join('').length, err.join('')], [100_001, 'no\n'])
})

test('a signal reaches what a child that is heard has started as well', async () => {
  let told: (pid: number) => void = () => {}
  const grandchild = new Promise<number>(resolve => {
    told = resolve
  })
  const script = `const c = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid); setInterval(() => {}, 1000)`
  const child = await startChild({ ...node(script), heard: { ...unheard, stdout: text => told(Number(text)) } })
  const pid = await grandchild
  child.signal('SIGTERM')
  assert.equal(await child.ended, 143)
  while (lives(pid)) await new Promise(resolve => setTimeout(resolve, 20)) // its parent's end is not its own
  child.signal('SIGTERM') // nobody is there any more
})

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
