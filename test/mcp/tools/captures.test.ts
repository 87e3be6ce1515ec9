import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCapture } from '../../../src/store/capture.ts'
import { ownFolder, recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

test('captures are listed a page at a time, and one that cannot be read says why', async t => {
  const { path } = await recordVisits()
  const broken = join(ownFolder(), 'broken.parley')
  writeFileSync(broken, 'not a database')
  const captures = {
    ...{ given: path, live: () => undefined, list: () => [broken] },
    ...{ open: openCapture, openWhole: openCapture },
  }
  const { ask } = await asking(t, { captures })
  const first = (await ask('list_captures', { limit: 1 })).json
  assert.equal(first.next, 1)
  assert.deepEqual([first.data[0].name, first.data[0].flows, first.data[0].failed], ['capture', 3, 1])
  assert.ok(!JSON.stringify(first).includes(path))
  const second = (await ask('list_captures', { limit: 1, after: 1 })).json
  assert.equal(second.next, undefined)
  assert.match(second.data[0].problem, /not a Parley capture/)
})
