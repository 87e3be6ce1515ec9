import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openRun } from '../../src/cli/run.ts'
import { summaryJson, summaryOf } from '../../src/cli/run-summary.ts'
import { assertFits } from '../view/json/schemas.ts'
import { optionsIn, ownFolder, recordVisits } from './recorded-run.ts'

test('it counts flows and failures, with cause and remedy, and says what opens the capture', async () => {
  const { path } = await recordVisits()
  const [counts, failure, last, ...rest] = summaryOf(path)
  assert.equal(counts, '3 flows, 1 failed:')
  assert.match(failure!, /^ {2}1 × .*expired.*, first at expired\.localhost\. [A-Z]/)
  assert.ok(last!.startsWith(`capture saved to ${path}; to see it: `) && last!.endsWith(` open ${path}`), last!)
  assert.deepEqual(rest, [])
  const json = summaryJson(path) as { flows: number; failures: readonly { code: string; count: number }[] }
  assertFits('summary', json)
  assert.deepEqual([json.flows, json.failures[0]?.code], [3, 'tls/certificate-expired'])
})

test('that nothing came is said, with where to look', async () => {
  const options = { ...optionsIn(ownFolder()), capturePath: join(ownFolder(), 'none.parley') }
  await (await openRun(options)).close()
  const [first, , ...rest] = summaryOf(options.capturePath)
  assert.match(first!, /^nothing came through Parley: .*README/)
  assert.deepEqual(rest, [])
})
