import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder, recordVisits } from './recorded-run.ts'
import { startCli } from './run-cli.ts'

for (const command of ['open', 'show'])
  test(`a reader who goes away ends parley ${command} without a word`, async () => {
    const folder = ownFolder()
    const { path } = await recordVisits(folder)
    const { child, ended } = startCli(folder, command, path)
    child.stdout!.destroy()
    const { code, stderr } = await ended
    assert.deepEqual([code, stderr], [141, ''])
  })

test('a reader who goes away ends the proxy as a signal does: with its capture whole', async () => {
  const folder = ownFolder()
  const { child, ended, says } = startCli(folder, '--no-tui', '--listen', '127.0.0.1:0')
  const [, port] = await says(/listening on 127\.0\.0\.1:(\d+)/)
  child.stdout!.destroy()
  await fetch(`http://127.0.0.1:${port}/`).catch(() => {})
  const { code, stderr } = await ended
  assert.equal(code, 0, stderr)
  assert.match(stderr, /capture saved to/)
})

const full = '/dev/full'

test('output that finds the disk full is an error, not a success', { skip: !existsSync(full) }, async () => {
  const folder = ownFolder()
  const { path } = await recordVisits(folder)
  const main = join(import.meta.dirname, '../../dist/src/cli/main.js')
  for (const argv of [
    ['show', path],
    ['open', path],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [main, ...argv], {
      env: { ...process.env, XDG_DATA_HOME: folder, NODE_OPTIONS: '' },
      stdio: ['ignore', openSync(full, 'w'), 'pipe'],
      encoding: 'utf8',
    })
    assert.deepEqual([status, stderr], [1, 'parley: cannot write the output: the disk is full\n'])
  }
})
