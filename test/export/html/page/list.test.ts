import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { FlowList, rowHeight } from '../../../../src/export/html/page/list.ts'
import { pageStyle } from '../../../../src/export/html/style.ts'
import { rowOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const rows = Array.from({ length: 10_000 }, (_, i) => rowOf(i + 1))

function opened() {
  const chosen: number[] = []
  const list = new FlowList(rows, index => chosen.push(index))
  list.draw()
  return { list, chosen, shown: () => textsOf(list.element, '.c-id').slice(1) }
}

test('only what can be seen is in the page, and the rest is space', () => {
  const { list, shown } = opened()
  assert.deepEqual([shown()[0], shown().length], ['1', 30])
  fake(list.element).scrollTop = 5000 * rowHeight
  fake(list.element).say('scroll')
  assert.deepEqual([shown()[0], shown().length], ['4991', 30])
  const spaces = fake(list.element)
    .all('.space')
    .map(each => Number.parseInt(each.getAttribute('style-height')!, 10))
  assert.equal(spaces[0]! + spaces[1]! + 30 * rowHeight, rows.length * rowHeight)
  assert.ok(pageStyle.includes(`.flows td{height:${rowHeight}px`), 'the style has the same height')
})

test('a filter shows its rows from the first', () => {
  const { list, shown } = opened()
  fake(list.element).scrollTop = 900
  list.show([5, 7, 9])
  assert.deepEqual(shown(), ['6', '8', '10'])
  assert.equal(fake(list.element).scrollTop, 0)
})

test('keys and clicks choose a row, and the chosen one comes into sight', () => {
  const { list, chosen } = opened()
  fake(list.element).say('keydown', { key: 'ArrowDown' })
  list.select(0)
  for (const key of ['j', 'PageDown', 'k', 'x']) fake(list.element).say('keydown', { key })
  fake(list.element).say('keydown', { key: 'j', ctrlKey: true })
  fake(list.element).all('.row')[3]!.say('click')
  assert.deepEqual(chosen, [0, 1, 12, 3])
  list.select(400)
  assert.ok(fake(list.element).scrollTop > 0)
  assert.equal(textsOf(list.element, '.chosen').length, 1)
})

test('on paper the first rows stand, and how many more there are', () => {
  const { list } = opened()
  list.draw(40)
  assert.equal(fake(list.element).all('.row').length, 40)
  assert.match(fake(list.element).textContent, /… and 9960 more$/)
})

test('what failed can be told from what did not, without colours', () => {
  const failed = rowOf(1, { kind: 'connection', state: 'aborted', note: 'certificate refused', method: 'TLS' })
  const { status: _, ...without } = failed
  const list = new FlowList([without], () => {})
  list.draw()
  const [row] = fake(list.element).all('.failed')
  assert.match(row!.textContent, /^c1.*TLS✗api\.example\.com {2}certificate refused/)
})
