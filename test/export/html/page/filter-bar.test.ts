import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReportData } from '../../../../src/export/html/page/blocks.ts'
import { FilterBar } from '../../../../src/export/html/page/filter-bar.ts'
import { rowOf } from '../samples.ts'
import { fake, openFakePage, textsOf } from './fake-page.ts'

before(() => {
  openFakePage()
})

const rows = Array.from({ length: 1200 }, (_, i) => rowOf(i + 1, i % 2 ? {} : { state: 'aborted' }))

function opened() {
  const shown: number[] = []
  const bar = new FilterBar({ rows } as unknown as ReportData, found => shown.push(found.length))
  return { bar, shown, count: () => textsOf(bar.element, '.count')[0], hint: () => textsOf(bar.element, '.hint')[0] }
}

test('it says how many rows fit', async () => {
  const { bar, shown, count } = opened()
  assert.equal(count(), '1 200 flows')
  bar.set('~failed')
  await sleep(1)
  assert.deepEqual([shown, count()], [[600], '600 of 1 200 flows'])
})

test('a button asks for what many want to see', async () => {
  const { bar, shown } = opened()
  fake(bar.element).all('button')[1]!.say('click')
  await sleep(1)
  assert.deepEqual([shown, fake(bar.input).value], [[600], '~failed'])
})

test('while a filter cannot be read the rows stay, and it is said why', async () => {
  const { bar, shown, hint } = opened()
  bar.set('~c')
  await sleep(1)
  assert.deepEqual(shown, [])
  assert.match(hint()!, /expected a status/)
  bar.set('')
  await sleep(1)
  assert.match(hint()!, /^~d host/)
})

test('typing waits for the last key', async () => {
  const { bar, shown } = opened()
  for (const text of ['~', '~f', '~failed']) {
    bar.input.value = text
    fake(bar.input).say('input')
  }
  await sleep(250)
  assert.deepEqual(shown, [600])
})
