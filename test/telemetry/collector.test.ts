import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCollector } from '../../src/telemetry/collector.ts'
import { connection, exchange } from './flows.ts'
import { startReceiver } from './receiver.ts'

const fail = (why: string): never => assert.fail(why)
const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'

test('a flow arrives as a trace under the span of its client, sampled or not', async t => {
  const receiver = await startReceiver(t)
  const collector = openCollector({ url: `${receiver.url}/`, onFailure: fail })
  collector.tell({
    connection: connection(),
    exchange: exchange({}, { headers: [['traceparent', parent]] }),
    first: true,
  })
  await collector.close()
  const { spans } = receiver
  const byName = (name: string, kind: number) => spans.find(span => span.name === name && span.kind === kind)!
  const [root, upstream, dns] = [byName('GET', 2), byName('GET', 3), byName('DNS', 1)]
  assert.equal(spans.length, 8)
  assert.ok(spans.every(({ traceId }) => traceId === '4bf92f3577b34da6a3ce929d0e0e4736'))
  assert.equal(root.parentSpanId, '00f067aa0ba902b7')
  assert.equal(upstream.parentSpanId, root.spanId)
  assert.equal(dns.parentSpanId, upstream.spanId)
  assert.deepEqual([root.startTimeUnixNano, root.endTimeUnixNano], ['1000000000', '1100000000'])
  assert.equal(root.attributes['http.response.status_code'], 200)
  assert.equal(upstream.attributes['tls.protocol.version'], '1.2')
  assert.deepEqual(dns.attributes, { 'dns.question.name': 'api.example.com', 'dns.answers': ['::1'] })
  assert.equal(receiver.resource['service.name'], 'parley')
  assert.deepEqual(new Set(receiver.requests.map(({ path }) => path)), new Set(['/v1/traces', '/v1/metrics']))
  assert.ok(receiver.requests.every(({ type }) => type === 'application/json'))
})

test('a failure is the status of its spans, and metrics come with units', async t => {
  const receiver = await startReceiver(t)
  const collector = openCollector({ url: receiver.url, onFailure: fail })
  const problem = { code: 'tls/expired', blame: 'server', message: 'it has expired' } as const
  collector.tell({ connection: connection({ problems: [problem] }), first: true })
  collector.tell({ connection: connection(), exchange: exchange(), first: true })
  await collector.close()
  const failed = receiver.spans.find(({ name }) => name === 'TLS connection')!
  assert.deepEqual(failed.status, { code: 2, message: 'it has expired' })
  assert.equal(failed.parentSpanId, undefined)
  const point = (name: string) => receiver.points.filter(each => each.name === name)
  assert.deepEqual(point('parley.failures')[0]?.attributes, { 'error.type': 'tls/expired', 'parley.blame': 'server' })
  assert.equal(point('parley.flows').length, 2)
  const [duration] = point('http.server.request.duration')
  assert.deepEqual([duration?.unit, Number(duration?.count), duration?.sum], ['s', 1, 0.03])
  assert.equal(point('parley.io')[0]?.unit, 'By')
})

test('a collector that takes nothing, or is not there, is told of, and nothing throws or hangs', async t => {
  const refusing = await startReceiver(t, { status: 400 })
  for (const url of [refusing.url, 'http://127.0.0.1:9']) {
    const failures: string[] = []
    const collector = openCollector({ url, onFailure: why => failures.push(why) })
    collector.tell({ connection: connection(), exchange: exchange(), first: true })
    await collector.flush()
    await collector.close()
    assert.ok(failures.length > 0, url)
  }
})
