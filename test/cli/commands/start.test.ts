import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fetchThrough } from '../../../src/peers/client.ts'
import { startOrigins } from '../../../src/peers/origins.ts'
import { ownFolder } from '../recorded-run.ts'
import { startCli } from '../run-cli.ts'

test('the proxy prints one line per flow on stdout as it ends, and its own words on stderr', async t => {
  const origins = await startOrigins()
  t.after(() => origins.close())
  const folder = ownFolder()
  const path = join(folder, 'c.parley')
  const resolve = [...origins.addresses].flatMap(([host, address]) => ['--resolve', `${host}:${address}`])
  const program = startCli(folder, '--no-tui', '--listen', '127.0.0.1:0', '--capture', path, ...resolve)
  t.after(() => program.child.kill('SIGKILL')) // where something below fails
  const port = Number((await program.says(/listening on 127\.0\.0\.1:(\d+)/))[1])
  const url = new URL('/json', origins.named('plain').url)
  const { status } = await fetchThrough({ url, proxy: { host: '127.0.0.1', port }, timeout: 8000 })
  assert.equal(status, 200)
  await program.prints(/\n/)
  program.child.kill('SIGINT')
  const { code, stdout, stderr } = await program.ended
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^[^\n]*plain\.localhost[^\n]*\n$/)
  assert.ok(
    stderr.split('\n').every(line => line === '' || line.startsWith('parley: ')),
    stderr,
  )
  assert.ok(existsSync(path))
})
