/** Real clients through the built program, whose flows a receiver of OTLP gets as the conventions name them. */
import assert from 'node:assert/strict'
import { type ReceivedSpan, startReceiver } from '../telemetry/receiver.ts'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

/** What a span of HTTP must have by the conventions. */
const required = {
  2: ['http.request.method', 'url.path', 'url.scheme', 'server.address', 'client.address', 'network.protocol.version'],
  3: ['http.request.method', 'url.full', 'server.address', 'server.port', 'network.peer.address'],
} as const

e2e('a flow is a trace with both legs, under the span of its client', { needs }, async t => {
  const receiver = await startReceiver(t)
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--otlp', receiver.url)
  const parent = ['-H', `traceparent: 00-${traceId}-00f067aa0ba902b7-01`]
  const url = `https://${host}:${port}`
  const answered = await runCurl(parley, [...parent, `${url}/one?token=abcdef`, `${url}/two`])
  assert.match(answered.stdout, /GET \/two/)
  await runCurl(parley, [`https://${host}:9/`]) // nobody listens there
  await parley.stop()
  const { spans } = receiver
  const roots = spans.filter(({ kind, traceId: of }) => kind === 2 && of === traceId)
  assert.equal(roots.length, 2)
  for (const root of roots) {
    assert.equal(root.parentSpanId, '00f067aa0ba902b7')
    for (const name of required[2]) assert.notEqual(root.attributes[name], undefined, name)
  }
  const [first] = roots.filter(({ attributes }) => attributes['parley.connection.reused'] === false)
  const children = (of: ReceivedSpan) => spans.filter(({ parentSpanId }) => parentSpanId === of.spanId)
  assert.deepEqual(new Set(children(first!).map(({ name }) => name)), new Set(['TLS', 'request', 'GET', 'response']))
  const upstream = children(first!).find(({ kind }) => kind === 3)!
  for (const name of required[3]) assert.notEqual(upstream.attributes[name], undefined, name)
  const steps = children(upstream).map(({ name }) => name)
  assert.ok(steps.includes('TCP') && steps.includes('TLS'), steps.join())
  for (const { name, startTimeUnixNano, endTimeUnixNano } of spans)
    assert.ok(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano), name)
  assert.ok(!JSON.stringify(spans).includes('abcdef'), 'a secret of the query left the machine')
  const failed = spans.find(({ kind, status }) => kind === 2 && status.code === 2)!
  assert.match(String(failed.attributes['error.type']), /refused|tcp|dial|connect/)
  const failures = receiver.points.filter(({ name }) => name === 'parley.failures')
  assert.deepEqual(
    failures.map(({ attributes }) => attributes['error.type']),
    [failed.attributes['error.type']],
  )
})

e2e('a collector that is not there costs no traffic, and is told of once', { needs }, async t => {
  const port = await startOrigin(t)
  const parley = await startParley(t, '--otlp', 'http://127.0.0.1:9')
  for (let count = 0; count < 3; count++) {
    const answered = await runCurl(parley, [`http://127.0.0.1:${port}/`])
    assert.match(answered.stdout, /^GET/)
  }
  const { code, stderr } = await parley.stop()
  assert.equal(code, 0)
  assert.equal(stderr.match(/the collector does not take/g)?.length, 1, stderr)
})
