import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missing } from '../../../src/observe/http1/running.ts'

test('an exchange whose response began and whose request was whole has all but its end', () => {
  const running = { key: 1, method: 'GET', requestEnded: true, responded: true, interim: 0 }
  assert.equal(missing(running), undefined)
  assert.match(missing({ ...running, responded: false })!, /response was not recorded/)
  assert.match(missing({ ...running, requestEnded: false })!, /request was not recorded/)
})
