import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutBody } from '../../../src/rules/actions/cut-body.ts'
import { responseOf } from '../heads.ts'
import { readBy } from './acting.ts'
import { throughRequest, throughResponse } from './bodies.ts'

test('after so many bytes, without waiting for the body', async () => {
  const action = readBy(cutBody, 'response 100 close')
  assert.equal(action.responseBody, undefined)
  assert.deepEqual((await throughResponse(action, undefined)).cut, { after: 100, how: 'close' })
})

test('after so much of the body, or of what its head promises', async () => {
  assert.deepEqual((await throughRequest(readBy(cutBody, 'request 50%'), '12345')).cut, { after: 2, how: 'reset' })
  const promised = responseOf({}, [['Content-Length', '1000']])
  assert.deepEqual((await throughResponse(readBy(cutBody, 'response 10%'), undefined, promised)).cut?.after, 100)
  await assert.rejects(() => throughResponse(readBy(cutBody, 'response 10%'), undefined), /length is not known/)
})

test('mistakes have their place', () => {
  for (const [text, position] of [
    ['50%', 0],
    ['request half', 8],
    ['request 101%', 8],
    ['request 5 slowly', 10],
  ] as const)
    assert.throws(() => readBy(cutBody, text), { name: 'RuleError', position }, text)
})
