import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { judge } from '../../../src/cli/assert/judge.ts'
import { parseExpectation } from '../../../src/filter/expectation.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { ownFolder, recordVisits, startVisiting } from '../recorded-run.ts'

let capture: Capture
before(async () => {
  capture = openCapture((await recordVisits()).path)
})
after(() => capture.close())

const options = { allowEmpty: false, most: 10 }
const judged = (text: string, also: Partial<typeof options> = {}) =>
  judge(capture, parseExpectation(text), { ...options, ...also })

for (const [text, holds, sentence, against] of [
  ['all ~http', true, 'all 3 flows fit', 0],
  ['all ~c 200', false, '1 of 3 flows does not fit', 1],
  ['all ~d tls13 are ~tls 1.3', true, 'the only flow fits', 0],
  ['all ~c 200 are ~tls 1.3', false, '1 of 2 flows does not fit', 1],
  ['no ~failed', false, '1 of 3 flows fits', 1],
  ['no ~m DELETE', true, 'none of 3 flows fit', 0],
  ['some ~c 502', true, '1 of 3 flows fits', 0],
  ['some ~c 404', false, 'none of 3 flows fit', 0],
  ['~c 200 < 2', false, '2 of 3 flows fit', 2],
  ['~c 200 <= 2', true, '2 of 3 flows fit', 0],
  ['~c 200 == 2', true, '2 of 3 flows fit', 0],
  ['~c 200 >= 3', false, '2 of 3 flows fit', 2],
  ['~c 200 > 1', true, '2 of 3 flows fit', 0],
] as const)
  test(`${text}: ${sentence}`, () => {
    const found = judged(text)
    assert.deepEqual(
      [found.holds, found.sentence, found.against.length, found.againstCount],
      [holds, sentence, against, against],
    )
  })

test('the flows against it are those that are shown, the first ones', () => {
  const { against, againstCount } = judged('all ~d nobody | ~c 502', { most: 1 })
  assert.deepEqual([against.map(({ host }) => host), againstCount], [['tls13.localhost'], 2])
})

test('where there is nothing to judge, all does not hold unless that is allowed', async () => {
  assert.deepEqual(
    [judged('all ~d nobody are ~s').holds, judged('all ~d nobody are ~s', { allowEmpty: true }).holds],
    [false, true],
  )
  const visiting = await startVisiting(ownFolder())
  await visiting.close()
  const empty = openCapture(visiting.run.capturePath)
  const holds = (text: string, allowEmpty = false) =>
    judge(empty, parseExpectation(text), { ...options, allowEmpty }).holds
  assert.deepEqual(
    [holds('all ~s'), holds('all ~s', true), holds('no ~failed'), holds('some ~s')],
    [false, true, true, false],
  )
  empty.close()
})
