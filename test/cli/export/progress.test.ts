import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProgress, progressLine } from '../../../src/cli/export/progress.ts'

test('the line has how far it is, how fast, and how long it still takes', () => {
  assert.equal(progressLine(1200, 5000, 2000), 'parley: 1 200 of 5 000 flows, 600 a second, 6.33 s left')
  assert.equal(progressLine(0, 5, 0), 'parley: 0 of 5 flows, 0 a second')
  assert.equal(progressLine(7, 5, 1000), 'parley: 7 of 7 flows, 7 a second, 0.00 ms left')
})

test('on a terminal it is drawn now and then, and taken away at the end; elsewhere nothing is', () => {
  const draw = (isTTY: boolean, ends: readonly number[]) => {
    const said: string[] = []
    let at = 0
    const progress = openProgress(100, { isTTY, write: text => said.push(text) }, () => at)
    for (at of ends) progress.passed(10)
    progress.end()
    return said
  }
  assert.deepEqual(draw(false, [1000, 2000]), [])
  assert.deepEqual(draw(true, [10, 20]), [])
  const said = draw(true, [100, 600, 700, 1000])
  assert.equal(said.length, 3)
  assert.match(said[0]!, /^\r\x1b\[Kparley: 20 of 100 flows/)
  assert.equal(said.at(-1), '\r\x1b[K')
})
