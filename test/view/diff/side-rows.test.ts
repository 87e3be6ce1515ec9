import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearChanges, sideRows } from '../../../src/view/diff/side-rows.ts'

const said = (lines: readonly string[]) => lines.map(text => ({ text, key: text.toLowerCase() }))
const shown = (client: readonly string[], server: readonly string[]): string[] =>
  sideRows(said(client), said(server)).map(row => `${row.client ?? ''} ${row.mark} ${row.server ?? ''}`)

test('equal lines stand beside each other, each as its side wrote it', () => {
  assert.deepEqual(shown(['Host: a', 'x'], ['host: a', 'x']), ['Host: a = host: a', 'x = x'])
})

test('a field beside the one of its name, a field that is new or gone alone', () => {
  const client = ['GET / HTTP/1.1', 'a: 1', 'b: 1', 'gone: 1', 'z: 1']
  const server = ['GET /v2 HTTP/1.1', 'b: 2', 'new: 1', 'z: 1']
  assert.deepEqual(shown(client, server), [
    'GET / HTTP/1.1 ≠ GET /v2 HTTP/1.1',
    'a: 1 ≠ ',
    'b: 1 ≠ b: 2',
    'gone: 1 ≠ ',
    ' ≠ new: 1',
    'z: 1 = z: 1',
  ])
})

test('pseudo-fields are named by what stands between their colons', () => {
  assert.deepEqual(shown([':method: GET', ':path: /a'], [':path: /b']), [':method: GET ≠ ', ':path: /a ≠ :path: /b'])
})

test('a side that says nothing leaves the other alone', () => {
  assert.deepEqual(shown([], ['a', 'b']), [' ≠ a', ' ≠ b'])
})

test('equal rows far from a change are counted', () => {
  const rows = sideRows(said(['1', '2', '3', 'a', '5', '6', '7']), said(['1', '2', '3', 'b', '5', '6', '7']))
  const near = nearChanges(rows, 1).map(row => (typeof row === 'number' ? row : row.client))
  assert.deepEqual(near, [2, '3', 'a', '5', 2])
  const few = sideRows(said(['1', '2', 'a', '4', '5']), said(['1', '2', 'b', '4', '5']))
  assert.equal(
    nearChanges(few, 1).every(row => typeof row !== 'number'),
    true,
  )
})
