import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowRow } from '../../../src/view/diff/flow-row.ts'

test('a row is marked by whether both say the same', () => {
  assert.deepEqual(flowRow('a', 'A', '1', '1', 'why'), [
    { aspect: 'a', label: 'A', client: '1', upstream: '1', mark: '=' },
  ])
  assert.deepEqual(flowRow('a', 'A', '1', '2', 'why')[0], {
    aspect: 'a',
    label: 'A',
    client: '1',
    upstream: '2',
    mark: '≠',
    why: 'why',
  })
  assert.equal(flowRow('a', 'A', undefined, '2')[0]!.why, 'Only the right flow has it.')
  assert.equal(flowRow('a', 'A', '1', undefined)[0]!.upstream, '—')
  assert.deepEqual(flowRow('a', 'A', undefined, undefined), [])
})
