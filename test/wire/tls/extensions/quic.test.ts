import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaves } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

test('parameters are varint, varint, value', () => {
  const { shown, field, problems } = readOne(57, 'client_hello', '01 02 4123 0f 03 aabbcc 0c 00 1b 01 ff')
  assert.deepEqual(problems, [])
  assert.equal(shown, '4 parameters')
  assert.deepEqual(
    field.children!.slice(2).map(f => f.shown),
    [
      'max_idle_timeout: 291',
      'initial_source_connection_id: aabbcc',
      'disable_active_migration: ',
      'GREASE (0x1b): ff',
    ],
  )
  assert.ok(leaves([field]).length > 10)
})

test('the longest numbers keep all their digits', () => {
  assert.equal(
    readOne(57, 'client_hello', '04 08 ffffffffffffffff').field.children![2]!.shown,
    'initial_max_data: 4611686018427387903',
  )
})

test('a value longer than the extension, and a number shorter than its length, are malformed', () => {
  for (const data of ['01', '0f 05 aa', '01 02 01 ff', 'c0', '0f ffffffffffffffff'])
    assert.equal(readOne(57, 'client_hello', data).problems.length, 1, data)
})
