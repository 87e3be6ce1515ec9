import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from '../../../src/import/packets/layer.ts'

test('the rest of a piece stands behind what was taken of it', () => {
  const piece = { direction: 'to-server', at: 1, position: 10, length: 4, bytes: Buffer.from('abcd') } as const
  assert.deepEqual(restOf(piece, 1), { ...piece, position: 11, length: 3, bytes: Buffer.from('bcd') })
  const { bytes: _, ...missing } = piece
  assert.deepEqual(restOf(missing, 3), { ...missing, position: 13, length: 1 })
})
