import assert from 'node:assert/strict'
import { utimesSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { openRuleScripts } from '../../../../src/cli/threads/rule-scripts/open-rule-scripts.ts'
import { scriptOf } from './scripts.ts'

test('a script that is written anew is read anew', async t => {
  const file = scriptOf(t, 'export const request = () => 1')
  const scripts = openRuleScripts({ patience: 5000, log: () => {} })
  t.after(() => scripts.close())
  assert.equal(await scripts.call(file, 'request', {}), 1)
  writeFileSync(file, 'export const request = () => 2')
  utimesSync(file, new Date(), new Date(Date.now() + 5000)) // whatever the file system's clock can tell apart
  assert.equal(await scripts.call(file, 'request', {}), 2)
})

test('a script that is not there is told', async () => {
  const scripts = openRuleScripts({ patience: 5000, log: () => {} })
  await assert.rejects(scripts.call('/no/such/script.ts', 'request', {}), { code: 'ENOENT' })
})
