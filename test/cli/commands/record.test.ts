import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
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
