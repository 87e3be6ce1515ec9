import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAlert } from '../../../../src/wire/tls/read-message.ts'
import { fromHex, shownOf } from '../tls-fixtures.ts'

test('an alert has a level and a description', () => {
  const read = readAlert(fromHex('0230'))
  assert.deepEqual(read.value, { name: 'alert', alert: { level: 2, description: 48 } })
  assert.deepEqual(
    [shownOf(read.fields, 'level'), shownOf(read.fields, 'description')],
    ['fatal (2)', 'unknown_ca (48)'],
  )
})

test('one byte and three are malformed', () => {
  assert.match(readAlert(fromHex('02')).malformed!, /description needs 1 bytes, 0 are left at byte 1/)
  assert.match(readAlert(fromHex('023000')).malformed!, /1 bytes left over at byte 2/)
})
