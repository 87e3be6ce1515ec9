import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

let path: string
before(async () => {
  path = (await recordVisits()).path
})

test('a connection is shown in parts', async t => {
  const { ask } = await asking(t, { path })
  const summary = (await ask('get_connection', { connection: 1 })).json.data
  assert.equal(summary.legs.client.tls.negotiated.version.name, 'TLS 1.3')
  assert.ok(summary.legs.upstream.tls.messages.some((line: string) => /server_?hello/i.test(line)))
  const page = (await ask('get_connection', { connection: 1, part: 'client-messages', limit: 1 })).json
  assert.deepEqual([page.data.items.length, page.next], [1, 1])
  assert.match(page.data.items[0].name, /client_?hello/i)
  for (const part of ['comparison', 'upstream-messages', 'certificates', 'exchanges', 'frames']) {
    const { data } = (await ask('get_connection', { connection: 1, part, limit: 2 })).json
    assert.ok(data.total > 0 && data.items.length > 0, part)
  }
  assert.match((await ask('get_connection', { connection: 99 })).json.error, /no connection 99/)
})

test('a failure is explained by its flow, and by its connection', async t => {
  const { ask } = await asking(t, { path })
  const [{ id, connection }] = (await ask('list_flows', { filter: '~failed' })).json.data.flows
  for (const given of [{ flow: id }, { connection }]) {
    const { data } = (await ask('explain_failure', given)).json
    assert.match(data.problems[0].message, /expired/)
    assert.equal(data.problems[0].blame, 'server')
    assert.ok(data.problems[0].remedy)
    assert.ok(data.lastMessages.upstream.name)
  }
  assert.match((await ask('explain_failure', {})).json.error, /either flow or connection/)
})

test('two connections are compared', async t => {
  const { ask } = await asking(t, { path })
  const [{ connection }] = (await ask('list_flows', { filter: '~failed' })).json.data.flows
  const { rows } = (await ask('compare_connections', { left: 1, right: connection })).json.data
  assert.ok(rows.length > 0 && rows.every(({ mark }: { mark: string }) => mark !== '='))
  const all = (await ask('compare_connections', { left: 1, right: 1, all: true })).json.data.rows
  assert.ok(all.some(({ mark, left, right }: Record<string, string>) => mark === '=' && left === right))
})
