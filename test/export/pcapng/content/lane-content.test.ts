import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesPart, latin1Part, PartsReader } from '../../../../src/export/pcapng/content/lane-content.ts'

test('parts are read as much at a time as is asked for, across their borders', () => {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
  const reader = new PartsReader([latin1Part(1, 'ab'), bytesPart(2, new Uint8Array()), latin1Part(3, 'cdé')])
  assert.deepEqual(
    [1, 3, 0, 9, 1].map(length => text(reader.take(length))),
    ['a', 'bcd', '', 'é', ''],
  )
})
