import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReportData } from '../../../../src/export/html/page/blocks.ts'
import { type Found, readFilter, rowsThatFit } from '../../../../src/export/html/page/filtering.ts'
import { exchangeJson } from '../../../../src/view/json/exchange-json.ts'
import { exchangeOf } from '../../../store/samples.ts'
import { rowOf } from '../samples.ts'

const rows = [1, 2, 3, 4].map(id => rowOf(id))
const flows = rows.map(({ id }) => ({
  exchange: exchangeJson({ exchange: exchangeOf(id), bodies: { response: Buffer.from(id % 2 ? 'odd' : 'evn') } }, 0),
}))

const data = {
  rows,
  async *flows() {
    yield [0, flows.slice(0, 2)]
    yield [2, flows.slice(2)]
  },
} as unknown as ReportData

async function found(filter: string, isWanted = () => true): Promise<Found[]> {
  const read = readFilter(filter)
  assert.ok('matcher' in read)
  const all: Found[] = []
  for await (const each of rowsThatFit({ matcher: read.matcher, data }, isWanted)) all.push(each)
  return all
}

test('what rows tell is found at once', async () => {
  assert.deepEqual(await found('~u /p/[34]'), [[2, 3]])
})

test('what is behind rows is found block by block, until nobody waits any more', async () => {
  assert.deepEqual(await found('~b odd'), [[0], [0, 2]])
  assert.deepEqual(await found('~b odd', () => false), [])
})

test('a filter that cannot be read says why', () => {
  assert.match((readFilter('~c') as { problem: string }).problem, /expected a status/)
  assert.match((readFilter('~nope') as { problem: string }).problem, /expected an operator/)
  assert.match((readFilter('~sni x') as { problem: string }).problem, /works in Parley/)
  assert.match((readFilter('(') as { problem: string }).problem, /expected/)
})
