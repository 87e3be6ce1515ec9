import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { summary } from '../../../../src/export/html/page/summary.ts'
import { rowOf } from '../samples.ts'
import { openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

test('what went wrong is counted; a connection that differs counts once', () => {
  const rows = [
    rowOf(1, { differs: true }),
    rowOf(2, { differs: true, status: 404, host: 'other.example' }),
    rowOf(3, { state: 'aborted', duration: 997 }),
  ]
  assert.deepEqual(textsOf(summary(rows, 2), 'dd'), ['3', '2', '2', '999 ms', '1', '1', '1'])
  assert.deepEqual(textsOf(summary([], 0), 'dd'), ['0', '0', '0', '—', '0', '0', '0'])
})
