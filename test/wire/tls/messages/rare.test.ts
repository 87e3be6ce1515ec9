import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownOf, vectorHex } from '../tls-fixtures.ts'
import { readBody } from './read-body.ts'

test('messages without a value still have fields', () => {
  const npn = readBody(67, `${vectorHex(1, '6832')} ${vectorHex(1, '0000')}`)
  assert.deepEqual([npn.value, shownOf(npn.fields, 'selected_protocol')], [{ name: 'unknown', type: 67 }, 'h2'])
  const url = readBody(21, `00 ${vectorHex(2, `${vectorHex(2, '687474703a')} 01 ${'ab'.repeat(20)}`)}`)
  assert.deepEqual([url.malformed, shownOf(url.fields, 'url')], [undefined, 'http:'])
  const data = readBody(23, vectorHex(3, `0001 ${vectorHex(2, 'ab')}`))
  assert.deepEqual([data.malformed, shownOf(data.fields, 'supp_data')], [undefined, '1 entry'])
})

test('an unknown message may be empty', () => assert.deepEqual(readBody(200, '').value, { name: 'unknown', type: 200 }))
