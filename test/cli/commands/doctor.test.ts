import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

test('doctor says what it takes, and refuses what it does not know', async () => {
  const folder = ownFolder()
  const help = await runCli(folder, 'doctor', '--help')
  assert.equal(help.code, 0)
  for (const flag of ['--quick', '--json', '--listen', '--ca-dir', '--config'])
    assert.ok(help.stdout.includes(flag), flag)
  const wrong = await runCli(folder, 'doctor', '--slow')
  assert.deepEqual([wrong.code, wrong.stdout], [2, ''])
})
