import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openCapture } from '../../../src/store/capture.ts'
import { ownFolder } from '../recorded-run.ts'
import { startCli } from '../run-cli.ts'

test('it records until SIGTERM, keeps stdout empty and leaves one whole file', async t => {
  const folder = ownFolder()
  const path = join(folder, 'saved.parley')
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0', '--save', path)
  t.after(() => program.child.kill('SIGKILL')) // where something below fails
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  assert.ok(Number(port) > 0)
  program.child.kill('SIGTERM')
  const { code, stdout, stderr } = await program.ended
  assert.deepEqual([code, stdout], [0, ''])
  assert.ok(stderr.includes(`capture saved to ${path}`), stderr)
  assert.deepEqual([existsSync(path), existsSync(`${path}-wal`)], [true, false])
  const capture = openCapture(path)
  assert.deepEqual(capture.connections({ limit: 1 }), [])
  capture.close()
})

for (const [signal, ...argv] of [
  ['SIGTERM', 'record'],
  ['SIGINT', '--no-tui'],
  ['SIGHUP', 'record'],
] as const)
  test(`${signal} to ${argv} as soon as there is a capture saves it`, async t => {
    const folder = ownFolder()
    const path = join(folder, 'early.parley')
    const program = startCli(folder, ...argv, '--listen', '127.0.0.1:0', '--capture', path)
    t.after(() => program.child.kill('SIGKILL')) // where something below fails
    while (!existsSync(path)) await wait(1)
    program.child.kill(signal)
    const { code, stderr } = await program.ended
    assert.equal(code, 0, stderr)
    assert.equal(existsSync(`${path}-wal`), false)
    openCapture(path).close()
  })

test('a capture of record is never deleted, and its name says so', async t => {
  const folder = ownFolder()
  const program = startCli(folder, 'record', '--listen', '127.0.0.1:0')
  t.after(() => program.child.kill('SIGKILL'))
  await program.says(/writing .*\.record\.parley/)
  program.child.kill('SIGTERM')
  assert.equal((await program.ended).code, 0)
})
