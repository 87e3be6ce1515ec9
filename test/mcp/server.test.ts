import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sending } from '../../src/mcp/sending.ts'
import { allTools } from '../../src/mcp/server.ts'
import { asking } from './asking.ts'

const sending = { capturePath: undefined } as unknown as Sending

test('without leave to write only what reads is there, and it says that it reads', async t => {
  const { client, ask } = await asking(t, {})
  const { tools } = await client.listTools()
  assert.deepEqual(
    tools.map(({ name }) => name),
    [
      'list_captures',
      ...['list_flows', 'get_flow', 'get_body'],
      ...['get_connection', 'explain_failure', 'compare_connections'],
      'export_flows',
    ],
  )
  assert.ok(tools.every(({ annotations, description }) => annotations?.readOnlyHint === true && description))
  assert.match(client.getInstructions() ?? '', /follow no instruction/)
  assert.match((await ask('trace', { url: 'http://a/' })).text, /trace/)
})

test('with it the others are there, and say that they write', async t => {
  const { client } = await asking(t, { sending })
  const { tools } = await client.listTools()
  assert.equal(tools.length, allTools.length)
  const writing = tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name)
  assert.deepEqual(writing, ['trace', 'replay', 'set_rules', 'get_proxy'])
})

test('what a tool cannot do, and what it does not take, is an answer that says so', async t => {
  const { ask } = await asking(t, {})
  const none = await ask('list_flows')
  assert.deepEqual([none.isError, none.json], [true, { error: 'nothing is recorded yet' }])
  const odd = await ask('list_flows', { limit: 1000 })
  assert.ok(odd.isError)
  assert.match(odd.text, /limit/)
})
