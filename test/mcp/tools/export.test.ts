import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

test('a flow is exported as a command, and as it stood on the wire', async t => {
  const { path } = await recordVisits()
  const { ask } = await asking(t, { path })
  const list = (await ask('list_flows', {})).json.data.flows
  const flow = list.find(({ kind }: { kind: string }) => kind === 'exchange').id
  assert.match((await ask('export_flow', { flow })).json.data.text, /^curl .*tls13\.localhost/)
  assert.match((await ask('export_flow', { flow, as: 'python' })).json.data.text, /requests/)
  assert.match((await ask('export_flow', { flow, as: 'raw-response' })).json.data.text, /^:status: 200\r\n/)
  assert.ok((await ask('export_flow', { flow, as: 'word' })).isError)
  assert.match((await ask('export_flow', { flow: 99 })).json.error, /no request/)
})
