import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PageBlocks, ReportData } from '../../../../src/export/html/page/blocks.ts'
import { blocksIn, someBlocks } from '../written-blocks.ts'
import { openFakePage } from './fake-page.ts'

test('what was written comes back: rows, what is behind them, and connections', async () => {
  openFakePage(...blocksIn(someBlocks(2000)))
  const data = await ReportData.read()
  assert.equal(data.rows.length, 2000)
  assert.deepEqual([data.rows[0]!.path, data.rows[1999]!.path], ['/p/1', '/p/2000'])
  assert.equal((await data.flow(1234)).exchange?.id, 1235)
  assert.deepEqual(await data.flow(9999), {})
  assert.equal((await data.connection(3))?.id, 3)
  assert.equal(await data.connection(99), undefined)
  assert.equal(data.connectionCount, 3)
})

test('all flows come block by block with the place of the first', async () => {
  openFakePage(...blocksIn(someBlocks(2000)))
  const data = await ReportData.read()
  const places: number[] = []
  for await (const [first, flows] of data.flows()) {
    assert.equal(flows[0]?.exchange?.id, first + 1)
    places.push(first)
  }
  assert.ok(places.length > 1, `${places.length} blocks`)
})

test('a report of nothing has no rows', async () => {
  openFakePage()
  const data = await ReportData.read()
  assert.deepEqual([data.rows, data.connectionCount, new PageBlocks('rows').length], [[], 0, 0])
})
