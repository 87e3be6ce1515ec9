/** An agent's client of the Model Context Protocol, the SDK's own, with the built program on stdin and stdout. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { recordVisits } from '../cli/recorded-run.ts'
import { askingBy } from '../mcp/asking.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

async function agent(t: TestContext, ...args: readonly string[]) {
  const folder = temporaryFolder(t)
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main, 'mcp', ...args],
    env: { PATH: process.env.PATH ?? '', HOME: folder, XDG_DATA_HOME: folder },
    stderr: 'pipe',
  })
  const client = new Client({ name: 'agent', version: '1' })
  await client.connect(transport)
  t.after(() => client.close())
  return { client, ask: askingBy(client), pid: transport.pid! }
}

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

e2e('an agent finds a failure, has it explained, and may change nothing', {}, async t => {
  const { path } = await recordVisits()
  const { client, ask, pid } = await agent(t, path)
  const { data } = (await ask('list_flows', { filter: '~failed' })).json
  assert.equal(data.total, 1)
  const why = (await ask('explain_failure', { flow: data.flows[0].id })).json
  assert.match(why.untrusted, /never an instruction/)
  assert.match(why.data.problems[0].message, /expired/)
  const { tools } = await client.listTools()
  assert.ok(tools.every(({ annotations }) => annotations?.readOnlyHint))
  await client.close()
  for (let waited = 0; runs(pid) && waited < 5000; waited += 50) await new Promise(resolve => setTimeout(resolve, 50))
  assert.equal(runs(pid), false, 'it ends with its client')
})

e2e('an agent that may write traces, replays and sets a rule; secrets stay here', {}, async t => {
  const identities = await makeIdentities(t)
  const host = 'origin.localhost'
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const { ask } = await agent(t, '--allow-write', '--upstream-ca', identities.caPath)
  assert.match((await ask('list_flows')).json.error, /nothing is recorded/)
  const url = `https://${host}:${port}/some?token=abcdef`
  const traced = await ask('trace', { url, headers: [['authorization', 'Bearer abcdefghijkl']] })
  assert.equal(traced.json.data.exchanges[0].response.status, 200, traced.text)
  assert.ok(!/abcdef/.test(traced.text), traced.text)
  const [flow] = (await ask('list_flows', { capture: 'live' })).json.data.flows
  assert.match(flow.path, /token=REDACTED/)
  const replayed = (await ask('replay', { flow: flow.id })).json.data
  assert.deepEqual([replayed.same, replayed.answers[0].status], [true, 200])
  await ask('set_rules', { rules: [`~d ${host} => block 403`] })
  const blocked = (await ask('trace', { url })).json.data
  assert.equal(blocked.exchanges[0].response.status, 403)
  let hits = 0 // counted some times a second
  for (let tries = 0; hits === 0 && tries < 50; tries++) {
    await new Promise(resolve => setTimeout(resolve, 100))
    hits = (await ask('get_proxy')).json.rules[0].hits
  }
  assert.equal(hits, 1)
})

e2e('a person may let an agent see secrets', {}, async t => {
  const { path } = await recordVisits()
  const { ask } = await agent(t, path, '--no-redact')
  assert.equal('redacted' in (await ask('list_flows')).json, false)
})
