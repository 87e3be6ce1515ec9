import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchThrough } from '../../../src/peers/client.ts'
import { startOrigins } from '../../../src/peers/origins.ts'
import { assertFits, linesOf } from '../../view/json/schemas.ts'
import { ownFolder } from '../recorded-run.ts'
import { startCli } from '../run-cli.ts'

test('parley --json prints what happens on stdout as it happens, and the end', async t => {
  const origins = await startOrigins({ slowMs: 1 })
  t.after(() => origins.close())
  const program = startCli(ownFolder(), '--json', '--listen', '127.0.0.1:0')
  t.after(() => program.child.kill('SIGKILL')) // where something below fails
  const [, port] = await program.prints(/"event":"listening","host":"127\.0\.0\.1","port":(\d+)/)
  const proxy = { host: '127.0.0.1', port: Number(port) }
  const { port: origin } = new URL(origins.named('plain').url)
  const url = new URL(`http://127.0.0.1:${origin}/json?a=\u{202e}`)
  await fetchThrough({ url, proxy, ca: origins.caPem, timeout: 8000 })
  await program.prints(/"event":"flow-ended"/) // while it runs
  program.child.kill('SIGTERM')
  const { code, stdout, stderr } = await program.ended
  assert.equal(code, 0, stderr)
  const events = linesOf(stdout)
  for (const event of events) assertFits('event', event)
  assert.equal(events.find(({ event }) => event === 'flow-ended')!.version, 1)
  const { time: _, capture, ...last } = events.at(-1)!
  assert.deepEqual(last, { version: 1, event: 'ended', because: 'signal', signal: 'SIGTERM', flows: 1, failed: 0 })
  assert.ok(stderr.includes(`capture saved to ${capture}`), stderr)
})

test('it ends when nobody reads any more', async t => {
  const program = startCli(ownFolder(), 'record', '--json', '--listen', '127.0.0.1:0', '--for', '3s')
  t.after(() => program.child.kill('SIGKILL'))
  await program.says(/listening/)
  program.child.stdout!.destroy()
  assert.equal((await program.ended).code, 0)
})
