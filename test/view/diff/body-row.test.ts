import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyRow } from '../../../src/view/diff/body-row.ts'
import { diffLines } from '../../../src/view/diff/diff.ts'
import { flow } from './make.ts'

const row = (left: number, right: number, a: string[], b: string[]) =>
  bodyRow(flow({ bytes: left }), flow({ bytes: right }), 'response', diffLines(a, b))[0]

test('bodies of one length differ where their lines do', () => {
  assert.equal(row(3, 3, ['a', 'b'], ['a', 'c'])!.mark, '≠')
  assert.equal(row(3, 3, ['a', 'b'], ['a', 'c'])!.why, '1 lines only left, 1 only right, 1 the same.')
  assert.equal(row(3, 3, ['a'], ['a'])!.mark, '=')
})

test('bodies of two lengths may show the same', () => {
  assert.equal(row(3, 4, ['a'], ['a'])!.why, 'The lines shown are the same.')
})

test('no bodies, no row', () => {
  assert.equal(row(0, 0, [], []), undefined)
})
