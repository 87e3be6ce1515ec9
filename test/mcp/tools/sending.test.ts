import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sending, SentRequest } from '../../../src/mcp/sending.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { recordVisits } from '../../cli/recorded-run.ts'
import { asking } from '../asking.ts'

test('what may be sent is sent, and told as what came from the network', async t => {
  const { path } = await recordVisits()
  const sent: unknown[] = []
  const sending: Sending = {
    capturePath: path,
    async trace(request: SentRequest) {
      sent.push(request)
      return { connection: 1 }
    },
    async replay(_, flow, to) {
      sent.push([flow, to])
      return { answers: [{ differences: [{ what: 'header x', is: 'Bearer abcdefghijklmnopqrstuvwxyz012345' }] }] }
    },
    async setRules(rules) {
      return rules.map(rule => ({ rule, hits: 0 }))
    },
    proxy: async () => ({ url: 'http://127.0.0.1:1', certificatePath: '/ca', rules: [] }),
    close: async () => {},
  }
  const captures = { live: () => path, list: () => [], open: openCapture, openWhole: openCapture }
  const { ask } = await asking(t, { sending, captures })
  const request = { url: 'https://a/', headers: [['x', 'y']], body: 'z' }
  const traced = (await ask('trace', request)).json
  assert.ok(traced.untrusted)
  assert.deepEqual([traced.data.capture, traced.data.connection], ['live', 1])
  assert.equal(traced.data.exchanges[0].response.status, 200)
  const replayed = await ask('replay', { flow: 2, to: 'https://b' })
  assert.ok(replayed.json.untrusted && !replayed.text.includes('abcdefghijk'))
  assert.deepEqual(sent, [request, [2, 'https://b']])
  assert.deepEqual((await ask('set_rules', { rules: ['r'] })).json, { rules: [{ rule: 'r', hits: 0 }] })
  assert.equal((await ask('get_proxy')).json.url, 'http://127.0.0.1:1')
})
