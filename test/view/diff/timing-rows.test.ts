import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timingRows } from '../../../src/view/diff/timing-rows.ts'
import { flow } from './make.ts'

test('a flow that takes much longer is marked, one that takes a little longer is not', () => {
  const rows = timingRows(flow({ times: [0, 1, 11, 20] }), flow({ times: [0, 2, 302, 312] }))
  assert.deepEqual(
    rows.map(({ aspect, mark }) => `${aspect} ${mark}`),
    ['timing-send ≠', 'timing-wait !', 'timing-receive ≠', 'timing-total !'],
  )
  assert.equal(rows[1]!.why, 'The right flow took 30.0 times as long.')
})

test('an answer that begins before the request ends waits no time', () => {
  const [, wait] = timingRows(flow({ times: [0, 50, 10, 60] }), flow({ times: [0, 50, 10, 60] }))
  assert.equal(wait!.client, '0.00 ms')
})

test('without a response there is only the sending', () => {
  assert.equal(timingRows(flow({ response: null }), flow({ response: null })).length, 1)
})
