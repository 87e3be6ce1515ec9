import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieRows } from '../../../src/view/diff/cookie-rows.ts'
import { flow } from './make.ts'

test('cookies are compared by name, those that are set with their attributes', () => {
  const left = flow({
    request: { headers: [['Cookie', 'a=1; b=2']] },
    response: { headers: [['Set-Cookie', 'c=1; Secure']] },
  })
  const right = flow({
    request: {
      headers: [
        ['cookie', 'b=2'],
        ['cookie', 'a=3'],
      ],
    },
    response: { headers: [['Set-Cookie', 'c=1']] },
  })
  const told = (side: 'request' | 'response') =>
    cookieRows(left, right, side).map(({ label, client, upstream, mark }) => `${label}: ${client} ${mark} ${upstream}`)
  assert.deepEqual(told('request'), ['Cookie a: 1 ≠ 3', 'Cookie b: 2 = 2'])
  assert.deepEqual(told('response'), ['Set-Cookie c: 1; Secure ≠ 1'])
})
