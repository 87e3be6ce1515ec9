import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { writePem } from '../../../src/wire/x509/pem.ts'
import { readPem } from './read-pem.ts'

test('what is written is read back, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 4 }), ders => {
      assert.deepEqual(readPem(writePem(ders)), ders)
    }),
  )
})

test('lines are 64 characters long', () => {
  const lines = writePem([new Uint8Array(100)]).split('\n')
  assert.deepEqual(
    lines.map(line => line.length),
    [27, 64, 64, 8, 25, 0],
  )
})
