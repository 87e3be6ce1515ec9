import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderForm, tableLines } from '../../../src/view/body/table-lines.ts'
import { render, texts } from './render.ts'

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

test('names and values are decoded, duplicates and order kept', () => {
  assert.deepEqual(render(renderForm, 'b=%C3%B6+1&a=2&b=%0A\n'), ['b = ö 1', 'a = 2', 'b = \\n'])
})
