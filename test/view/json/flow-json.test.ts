import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowJson, type ToldFlow } from '../../../src/view/json/flow-json.ts'

const flow: ToldFlow = {
  id: 3,
  kind: 'exchange',
  connection: 2,
  startedAt: 1000.5,
  scheme: 'https',
  host: '::1',
  port: 8443,
  method: 'GET',
  path: '/a?b',
  requestBytes: 0,
  responseBytes: 12,
  protocol: 'h2',
  state: 'running',
}

test('a flow has what is known of it, and nothing else', () => {
  assert.deepEqual(flowJson(flow), {
    version: 1,
    ...{ id: 3, kind: 'exchange', connection: 2, startedAt: '1970-01-01T00:00:01.000Z', method: 'GET' },
    ...{ url: 'https://[::1]:8443/a?b', host: '::1', requestBytes: 0, responseBytes: 12, protocol: 'h2' },
    ...{ state: 'running', legs: { client: {}, upstream: {} } },
  })
})

test('a failure comes with its code and remedy, legs with what they agreed on', () => {
  const told = flowJson({
    ...{ ...flow, note: 'refused', code: 'net/refused', remedy: 'Start it.', differs: false, marked: true },
    ...{ clientVersion: 'TLSv1.3', clientAlpn: 'h2', upstreamVersion: 'TLSv1.2', status: 502, duration: 1.5 },
  })
  assert.deepEqual(told.problem, { code: 'net/refused', message: 'refused', remedy: 'Start it.' })
  assert.deepEqual(told.legs, { client: { version: 'TLSv1.3', alpn: 'h2' }, upstream: { version: 'TLSv1.2' } })
  assert.deepEqual([told.differs, told.marked, told.status, told.duration], [false, true, 502, 1.5])
})
