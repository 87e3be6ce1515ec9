import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBody, isHeaders, isStatus, membersOf } from '../../../src/rules/script/script-result.ts'

test('what is right is given back', () => {
  assert.deepEqual(membersOf({ body: 'x' }, ['body', 'status']), { body: 'x' })
  assert.deepEqual(isHeaders([['a', 'b']]), [['a', 'b']])
  assert.equal(isStatus(204), 204)
  assert.equal(isBody('x'), 'x')
})

test('what is wrong says which and what is expected', () => {
  assert.throws(() => membersOf(7, ['body']), /result that is not an object/)
  assert.throws(() => membersOf({ boddy: 1 }, ['body']), /it has boddy/)
  for (const headers of [{ a: 'b' }, [['a']], [['a', 1]], 'a: b'])
    assert.throws(() => isHeaders(headers), /\[name, value\]/)
  assert.throws(() => isHeaders([[':path', '/']]), /pseudo-headers/)
  for (const status of [199, 600, 200.5, '200']) assert.throws(() => isStatus(status), /from 200 to 599/)
  for (const body of [7, {}, null]) assert.throws(() => isBody(body), /a text or a Uint8Array/)
})
