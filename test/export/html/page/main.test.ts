import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openReport } from '../../../../src/export/html/page/main.ts'
import { blocksIn, someBlocks } from '../written-blocks.ts'
import { type FakePage, openFakePage } from './fake-page.ts'

const kicker = ({ body }: FakePage): string | undefined => body.all('.kicker')[0]?.textContent

test('a report opens on its first flow, and on the one that its address names', async () => {
  const page = openFakePage(...blocksIn(someBlocks(30)))
  await openReport()
  assert.equal(kicker(page), 'flow #1')
  assert.equal(page.window.location.hash, '#1')
  const again = openFakePage(...blocksIn(someBlocks(30)))
  again.window.location.hash = '#7'
  await openReport()
  assert.equal(kicker(again), 'flow #7')
})

test('a row that is clicked is told, and the address says which', async () => {
  const page = openFakePage(...blocksIn(someBlocks(30)))
  await openReport()
  page.body.all('.row')[4]!.say('click')
  await sleep(50)
  assert.deepEqual([kicker(page), page.window.location.hash], ['flow #5', '#5'])
})

test('paper gets the rows one after the other', async () => {
  const page = openFakePage(...blocksIn(someBlocks(1000)))
  await openReport()
  page.window.say('beforeprint')
  assert.equal(page.body.all('.row').length, 400)
  page.window.say('afterprint')
  assert.ok(page.body.all('.row').length < 100)
})

test('a report that was cut says that it cannot be shown', async () => {
  const blocks = blocksIn(someBlocks(30))
  blocks[0]!.textContent = blocks[0]!.textContent.slice(0, 100)
  const page = openFakePage(...blocks)
  await openReport()
  assert.match(page.body.all('.note')[0]!.textContent, /^This report cannot be shown here/)
})

test('a report of nothing opens too', async () => {
  const page = openFakePage()
  await openReport()
  assert.equal(kicker(page), undefined)
  assert.equal(page.body.all('.count')[0]!.textContent, '0 flows')
})
