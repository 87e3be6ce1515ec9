import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoScript } from '../../src/peers/demo-script.ts'
import { originKinds } from '../../src/peers/origin-kinds.ts'

test('every origin is visited, and those that fail come last', () => {
  const visited = new Set(demoScript.map(visit => visit.origin))
  assert.deepEqual([...visited].sort(), originKinds.map(kind => kind.name).sort())
  const fails = demoScript.map(visit => typeof visit.ends === 'string')
  assert.deepEqual(
    fails.toSorted((a, b) => Number(a) - Number(b)),
    fails,
  )
})

test('a visit has requests or messages, and no two show the same', () => {
  for (const { requests, messages, shows } of demoScript) assert.equal(requests.length === 0, !!messages, shows)
  assert.equal(new Set(demoScript.map(visit => visit.shows)).size, demoScript.length)
})
