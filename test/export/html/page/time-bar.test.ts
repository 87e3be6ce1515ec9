import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { phaseLines, scaleOf, timeBar } from '../../../../src/export/html/page/time-bar.ts'
import { rowOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

test('the scale goes from the first moment of all rows to the last', () => {
  const early = rowOf(1, { spans: [['dns', -10, 5]] })
  assert.deepEqual(scaleOf([early, rowOf(5, { duration: 100 })]), { from: 991, to: 1105 })
  assert.deepEqual(scaleOf([]), { from: 0, to: 1 })
})

test('a connection that was opened long before leaves room for what follows', () => {
  const idle = rowOf(0, {
    spans: [
      ['blocked', -60_000, 60_000],
      ['wait', 0, 20],
    ],
  })
  assert.deepEqual(scaleOf([idle]), { from: 960, to: 1020 })
  const bars = fake(phaseLines(idle)).all('.p-blocked')
  assert.equal(bars[0]!.attributes.get('width'), '999.7')
})

test('each phase stands in its place, and what takes no time can be seen all the same', () => {
  const bars = fake(timeBar(rowOf(0), { from: 1000, to: 1100 })).all('rect')
  const drawn = bars.map(({ attributes }) => ['class', 'x', 'width'].map(name => attributes.get(name)))
  assert.deepEqual(drawn, [
    ['p-least', '0', '4'],
    ['p-send', '0.0', '50.0'],
    ['p-wait', '50.0', '150.0'],
  ])
})

test('a connection alone is one bar', () => {
  const bars = fake(timeBar(rowOf(0, { spans: [], duration: 50 }), { from: 1000, to: 1100 })).all('.p-blocked')
  assert.deepEqual(
    bars.map(({ attributes }) => attributes.get('width')),
    ['500.0'],
  )
})

test('the phases have a line each, with their names and times', () => {
  const table = phaseLines(rowOf(0))
  assert.deepEqual(textsOf(table, 'th'), ['send', 'wait'])
  assert.deepEqual(textsOf(table, '.num'), ['5.0 ms', '15 ms'])
})
