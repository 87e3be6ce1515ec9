import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
const ca = (...args: string[]) => runCli(folder, 'ca', ...args)
const root = async () => new X509Certificate(readFileSync((await ca('path')).stdout.trim()))

test('new makes another key and says where the former one is; renew keeps it', async () => {
  const first = await root()
  const made = await ca('new', '--only', 'example.com', '--days', '10')
  assert.equal(made.code, 0)
  assert.match(made.stdout, /ca\.pem\n$/)
  assert.match(made.stderr, /the former one is in .*ca\.old-[\da-f]{64} until parley ca uninstall/)
  const second = await root()
  assert.ok(!second.publicKey.equals(first.publicKey))
  const days = (second.validToDate.getTime() - Date.now()) / 86_400_000
  assert.ok(days > 9.9 && days <= 10, String(days))
  assert.equal((await ca('renew')).code, 0)
  const third = await root()
  assert.ok(third.publicKey.equals(second.publicKey))
  assert.notEqual(third.serialNumber, second.serialNumber)
})

test('a root that cannot be read is replaced, and it is said where it lies; the first one replaces none', async () => {
  const own = ownFolder()
  const first = await runCli(own, 'ca', 'new')
  assert.deepEqual([first.code, first.stderr], [0, ''])
  rmSync(first.stdout.trim())
  assert.equal((await runCli(own, 'ca', 'path')).code, 1)
  const second = await runCli(own, 'ca', 'new')
  assert.equal(second.code, 0)
  assert.match(second.stderr, /the former one, which cannot be read, is in .*ca\.old-\d+\n/)
  assert.equal((await runCli(own, 'ca', 'path')).stdout, first.stdout)
})

test('there is nothing to renew where no root is', async () => {
  const { code, stderr } = await runCli(ownFolder(), 'ca', 'renew')
  assert.equal(code, 1)
  assert.match(stderr, /parley ca new/)
})

test('what cannot be is refused by name', async () => {
  for (const [args, words] of [
    [['--only', '*.example.com'], /give DOMAIN/],
    [['--only', 'https://example.com'], /give DOMAIN/],
    [['--days', '0'], /1 to 3650/],
    [['--days', '1.5'], /1 to 3650/],
  ] as const) {
    const { code, stderr } = await ca('new', ...args)
    assert.equal(code, 2)
    assert.match(stderr, words)
  }
})
