import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowOf } from '../../src/compare/comparison.ts'

test('an aspect that neither leg knows has no row', () => {
  assert.deepEqual(rowOf('a', 'A', undefined, undefined), [])
})

test('equal values are the same, and nobody is asked why', () => {
  const rows = rowOf('a', 'A', 'x', 'x', () => assert.fail('asked'))
  assert.deepEqual(rows, [{ aspect: 'a', label: 'A', client: 'x', upstream: 'x', mark: '=' }])
})

test('different values get the mark and the reason of the aspect', () => {
  assert.deepEqual(rowOf('a', 'A', 'x', 'y', { mark: '!', why: 'because' })[0], {
    aspect: 'a',
    label: 'A',
    client: 'x',
    upstream: 'y',
    mark: '!',
    why: 'because',
  })
})

test('a value on one leg alone differs and says on which', () => {
  const [row] = rowOf('a', 'A', undefined, 'y', () => assert.fail('asked'))
  assert.deepEqual([row?.client, row?.mark], ['—', '≠'])
  assert.match(row?.why ?? '', /upstream leg/)
  assert.match(rowOf('a', 'A', 'x', undefined)[0]?.why ?? '', /client leg/)
})
