import assert from 'node:assert/strict'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder, recordVisits } from '../recorded-run.ts'
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

test('without a path, the captures that there are are listed, and where there are none that is said', async () => {
  const folder = ownFolder()
  const { code, stderr } = await runCli(folder, 'open')
  assert.equal(code, 1)
  assert.match(stderr, /no captures in /)
  const captures = join(folder, 'parley', 'captures')
  mkdirSync(captures, { recursive: true })
  const { path } = await recordVisits(folder)
  renameSync(path, join(captures, '2026-01-02T03-04-05.parley'))
  const { stdout } = await runCli(folder, 'open')
  assert.match(stdout, /^name +began +size +flows +hosts\n2026-01-02T03-04-05 .*localhost.*\n$/)
  const named = await runCli(folder, 'open', '2026-01-02T03-04-05')
  assert.deepEqual([named.code, named.stderr], [0, ''])
})

test('the settings of another file are taken, as by the proxy', async () => {
  const { code, stderr } = await runCli(ownFolder(), 'open', '--config', '/no/such/config.json')
  assert.deepEqual([code, stderr], [2, 'parley: /no/such/config.json cannot be read (ENOENT)\n'])
})
