import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tableLines } from '../../../src/view/body/table-lines.ts'
import { texts } from './render.ts'

test('values stand below each other', () => {
  assert.deepEqual(
    texts(
      tableLines(
        [
          ['a', '1'],
          ['long', '2'],
        ],
        10,
      ),
    ),
    ['a    = 1', 'long = 2'],
  )
})

test('one very long name does not push the others away', () => {
  assert.equal(
    texts(
      tableLines(
        [
          ['a', '1'],
          ['x'.repeat(500), '2'],
        ],
        10,
      ),
    )![0]!.length,
    32 + 4,
  )
})

test('pairs past the limit are counted', () => {
  assert.deepEqual(
    texts(
      tableLines(
        [
          ['a', '1'],
          ['b', '2'],
          ['c', '3'],
        ],
        2,
      ),
    ),
    ['a = 1', '… 2 more lines'],
  )
})
