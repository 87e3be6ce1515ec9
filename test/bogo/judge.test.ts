import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import type { TestResult } from './runner.ts'

const result = (name: string, how: TestResult['result']): TestResult => ({ name, result: how, said: '' })
const expected = { passed: 1, failures: [{ reason: 'both alerts are right', tests: ['Garbage*-TLS13'] }] }

test('a failure that is in the list is no complaint', () => {
  const { complaints } = judge([result('GarbageA-TLS13', 'FAILED'), result('B', 'PASSED')], expected, true)
  assert.deepEqual(complaints, [])
})

test('a failure that is not in the list is one', () => {
  const { complaints } = judge([result('GarbageA-TLS13', 'FAILED'), result('B-TLS13', 'FAILED')], expected, false)
  assert.equal(complaints.length, 1)
  assert.match(complaints[0]!, /^fails: B-TLS13/)
})

test('a test of the list that passes is one', () => {
  const { complaints } = judge([result('GarbageA-TLS13', 'PASSED'), result('GarbageB-TLS13', 'FAILED')], expected, true)
  assert.deepEqual(complaints, ['passes now, take it from the list: GarbageA-TLS13'])
})

test('in a run of all tests every pattern means one, and enough of them pass', () => {
  assert.equal(judge([], expected, true).complaints.length, 2)
  assert.equal(judge([], expected, false).complaints.length, 0)
})
