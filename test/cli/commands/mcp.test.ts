import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { startCli } from '../run-cli.ts'

test('a capture that is not there is said before anything is spoken', async () => {
  const { code, stdout, stderr } = await startCli(ownFolder(), 'mcp', '/nowhere/at-all.parley').ended
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, /at-all\.parley/)
})
