import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder, recordVisits } from '../recorded-session.ts'
import { runCli } from '../run-cli.ts'

test('without a terminal, a capture is one line per flow on stdout', async () => {
  const folder = ownFolder()
  const { path } = await recordVisits(folder)
  const { code, stdout, stderr } = await runCli(folder, 'open', path)
  assert.deepEqual([code, stderr], [0, ''])
  const lines = stdout.trimEnd().split('\n')
  for (const host of ['tls13.localhost', 'plain.localhost', 'expired.localhost'])
    assert.ok(
      lines.some(line => line.includes(host)),
      `${host} in ${stdout}`,
    )
  assert.ok(lines.length >= 3 && lines.length <= 4)
})
