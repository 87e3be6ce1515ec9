import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testRules } from '../../../src/tui/rules/tested.ts'
import { rowSource, sampleWorld } from '../world.ts'
import { counted, rule } from './rules.ts'

test('a rule that matches says what it would do; one that is off does not stop others', async () => {
  const { source } = await sampleWorld()
  const id = source.rows({ limit: 10 }).find(({ kind }) => kind === 'exchange')!.id
  const off = rule('~all', 'set-status 500', { enabled: false, stop: true })
  const tested = testRules(
    counted([off, rule('~c 999', 'set-status 500'), rule('~http', 'set-method PUT')]),
    id,
    source,
  )
  assert.equal(tested?.[0]?.why, 'off')
  assert.equal(tested?.[1], undefined)
  assert.equal(tested?.[2]?.why, undefined)
  assert.match(tested?.[2]?.says[0] ?? '', /method/)
})

test('a flow that is no exchange is not tested on', () => {
  assert.equal(testRules([], 1, rowSource([])), undefined)
})
