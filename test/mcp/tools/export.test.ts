import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

test('flows are exported as other programs take them, a page at a time', async t => {
  const { path } = await recordVisits()
  const { ask } = await asking(t, { path })
  const list = (await ask('list_flows', {})).json.data.flows
  const flow = list.find(({ host }: { host: string }) => host === 'tls13.localhost').id
  assert.match((await ask('export_flows', { flow })).json.data.text, /curl [\s\S]*tls13\.localhost/)
  const python = (await ask('export_flows', { filter: '~d plain.localhost', as: 'python' })).json.data.text
  assert.ok(python.includes('plain.localhost') && !python.includes('tls13.localhost'))
  let har = ''
  for (let after: number | undefined = 0, pages = 0; after !== undefined; pages++) {
    assert.ok(pages < 100)
    const { data, next }: { data: { text: string }; next?: number } = (await ask('export_flows', { as: 'har', after }))
      .json
    har += data.text
    after = next
  }
  assert.equal(JSON.parse(har).log.entries.length, 3)
  assert.match((await ask('export_flows', { as: 'keylog' })).json.error, /keylog/)
  assert.ok((await ask('export_flows', { as: 'word' })).isError)
})
