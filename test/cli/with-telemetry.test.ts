import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withTelemetry } from '../../src/cli/with-telemetry.ts'
import { startReceiver } from '../telemetry/receiver.ts'
import { ownFolder, startVisiting } from './recorded-run.ts'

test('what passes arrives at the collector before the run is closed, and rules count as before', async t => {
  const receiver = await startReceiver(t)
  const visiting = await startVisiting(ownFolder())
  const run = withTelemetry(visiting.run, receiver.url)
  assert.equal((await visiting.visit('tls13')).status, 200)
  await visiting.visit('expired')
  run.setRules([{ when: '~d x', do: ['block 403'] }])
  assert.equal(run.ruleHits.rules.length, 1)
  await run.close()
  await visiting.close()
  const roots = receiver.spans.filter(({ kind }) => kind === 2)
  assert.deepEqual(roots.map(({ attributes }) => attributes['server.address']).sort(), [
    'expired.localhost',
    'tls13.localhost',
  ])
  const failed = roots.find(({ status }) => status.code === 2)!
  assert.match(failed.status.message ?? '', /expired/)
  assert.ok(
    receiver.spans.some(({ name, attributes }) => name === 'TLS' && attributes['tls.protocol.version'] === '1.3'),
  )
  const failures = receiver.points.filter(({ name }) => name === 'parley.failures')
  assert.equal(failures[0]?.attributes['error.type'], failed.attributes['error.type'])
})
