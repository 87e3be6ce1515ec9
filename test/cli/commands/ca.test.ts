import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

test('path, export and fingerprint tell of one root, made once, in the data folder', async () => {
  const folder = ownFolder()
  const path = await runCli(folder, 'ca', 'path')
  assert.deepEqual([path.code, path.stderr], [0, ''])
  assert.ok(path.stdout.startsWith(join(folder, 'parley', 'ca')) && path.stdout.endsWith('\n'))
  const key = join(folder, 'parley', 'ca', 'keys', 'ca.private.key')
  assert.deepEqual(
    [path.stdout.trimEnd(), key].map(file => statSync(file).mode & 0o777),
    [0o600, 0o600],
  )
  const pem = readFileSync(path.stdout.trimEnd(), 'utf8')
  const [exported, fingerprint] = await Promise.all([
    runCli(folder, 'ca', 'export'),
    runCli(folder, 'ca', 'fingerprint'),
  ])
  assert.equal(new X509Certificate(exported.stdout).fingerprint256, new X509Certificate(pem).fingerprint256)
  const hex = (text: string): string => text.replaceAll(':', '').toLowerCase()
  assert.ok(hex(fingerprint.stdout).includes(hex(new X509Certificate(pem).fingerprint256)))
  assert.match(fingerprint.stdout, /^spki +[A-Za-z0-9+/]{43}=$/m)
})

test('--ca-dir names another folder', async () => {
  const folder = ownFolder()
  const { stdout } = await runCli(folder, 'ca', 'path', '--ca-dir', join(folder, 'other'))
  assert.ok(stdout.startsWith(join(folder, 'other')))
})
