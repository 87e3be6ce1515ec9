import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

let path: string
before(async () => {
  path = (await recordVisits()).path
})

test('flows are listed by filter, a page at a time, from either end', async t => {
  const { ask } = await asking(t, { path })
  const { data, next } = (await ask('list_flows', { limit: 2 })).json
  assert.deepEqual([data.total, data.flows.length, next], [3, 2, data.flows[1].id])
  const rest = (await ask('list_flows', { limit: 2, after: next })).json
  assert.deepEqual([rest.data.flows.length, rest.next], [1, undefined])
  const newest = (await ask('list_flows', { limit: 1, newest: true })).json
  assert.equal(newest.data.flows[0].id, rest.data.flows[0].id)
  const failed = (await ask('list_flows', { filter: '~failed' })).json.data
  assert.equal(failed.total, 1)
  assert.match(failed.flows[0].note, /expired/)
  const mistake = await ask('list_flows', { filter: '~nothing' })
  assert.ok(mistake.isError)
  assert.match(mistake.json.error, /expected an operator/)
})

test('a flow is shown with heads and the beginning of bodies', async t => {
  const { ask } = await asking(t, { path })
  const [{ id }] = (await ask('list_flows', { filter: '~d plain.localhost' })).json.data.flows
  const { exchange } = (await ask('get_flow', { flow: id })).json.data
  assert.deepEqual([exchange.request.method, exchange.response.status], ['GET', 200])
  assert.match(exchange.response.body.text, /users/)
  assert.match((await ask('get_flow', { flow: 99 })).json.error, /no flow 99/)
})

test('a body is read a page at a time', async t => {
  const { ask } = await asking(t, { path })
  const [{ id }] = (await ask('list_flows', { filter: '~d plain.localhost' })).json.data.flows
  let text = ''
  for (let after: number | undefined = 0; after !== undefined; ) {
    const { data, next }: { data: { text: string; from: number }; next?: number } = (
      await ask('get_body', { flow: id, after })
    ).json
    assert.equal(data.from, text.length)
    text += data.text
    after = next
  }
  assert.ok(JSON.parse(text).users.length > 0)
  assert.match((await ask('get_body', { flow: id, side: 'server-request' })).json.error, /no server-request/)
})
