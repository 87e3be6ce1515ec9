import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type FoundProgram, sendProgram } from '../../../src/cli/doctor/send-program.ts'

const never = new Promise<string>(() => {})

function sendingIn(t: TestContext, heard: Promise<string> = never, stop = new AbortController().signal) {
  const parent = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(parent, { recursive: true }))
  return { parent, url: 'https://x.parley.test:1/', environment: { ONE: 'one', TWO: 'two' }, heard, stop }
}

const program = (script: string, more: Partial<FoundProgram> = {}): FoundProgram => ({
  name: 'tool',
  commands: ['tool'],
  path: process.execPath,
  args: ({ url }) => ['-e', script, url],
  remedy: 'mend it',
  ...more,
})

test('a program gets the URL, a private folder, and its own variables over those of all', async t => {
  const sending = sendingIn(t)
  const script = 'console.log(process.argv[1], process.env.ONE, process.env.TWO, process.cwd(), process.env.TMPDIR)'
  const visit = await sendProgram(program(script, { environment: () => ({ TWO: '2' }) }), sending)
  const folder = join(sending.parent, 'tool')
  assert.equal(visit.said.trim(), `${sending.url} one 2 ${folder} ${sending.parent}`)
  assert.deepEqual(
    [visit.name, visit.remedy, visit.path, visit.heard],
    ['tool', 'mend it', process.execPath, undefined],
  )
  assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('it is ended as soon as its request has come', async t => {
  const heard = new Promise<string>(resolve => setTimeout(resolve, 300, '2.0'))
  const visit = await sendProgram(program('setInterval(() => {}, 1000)'), sendingIn(t, heard))
  assert.equal(visit.heard?.version, '2.0')
  assert.ok(visit.heard!.after >= 290, String(visit.heard!.after))
  assert.equal(visit.timedOut, false)
})

test('it is ended when its time is over, or the doctor is stopped', async t => {
  const waiting = program('setInterval(() => {}, 1000)')
  assert.equal((await sendProgram(waiting, { ...sendingIn(t), limit: 300 })).timedOut, true)
  const stopped = await sendProgram(waiting, sendingIn(t, never, AbortSignal.timeout(300)))
  assert.deepEqual([stopped.timedOut, stopped.heard], [false, undefined])
})
