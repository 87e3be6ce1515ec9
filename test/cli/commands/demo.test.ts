import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

test('the demo without a screen prints every kind of connection and ends by itself', async () => {
  const { code, stdout, stderr } = await runCli(ownFolder(), 'demo', '--no-tui')
  assert.equal(code, 0, stderr)
  for (const host of ['tls13', 'hrr', 'tls12-rsa', 'http11', 'plain', 'websocket', 'expired', 'alert', 'reset'])
    assert.ok(stdout.includes(`${host}.localhost`), host)
  for (const words of ['HelloRetryRequest', 'ServerKeyExchange', 'expired']) assert.ok(stdout.includes(words), words)
  assert.doesNotMatch(stdout + stderr, /proxy\/internal|undefined|NaN|\[object/)
  assert.match(stderr, /^parley: /m)
})
