import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TraceOptions, trace } from '../../src/library/trace.ts'
import { type Origins, startOrigins } from '../../src/peers/origins.ts'
import { ownFolder } from '../cli/recorded-run.ts'

let origins: Origins
before(async () => {
  origins = await startOrigins()
})
after(() => origins.close())

const options = (): TraceOptions => ({ trust: [origins.caPem], resolve: Object.fromEntries(origins.addresses) })

test('a trace tells both handshakes and the exchange', async () => {
  const capture = join(ownFolder(), 'kept.parley')
  const { connection, exchange, body, error } = await trace(`${origins.named('tls13').url}/echo`, {
    ...options(),
    capture,
    headers: [['user-agent', 'mine']],
    body: 'question',
  })
  assert.equal(error, undefined)
  assert.equal(connection?.legs.upstream?.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.deepEqual([exchange?.request.method, exchange?.response?.status], ['POST', 200])
  const agents = exchange!.request.headers.filter(([name]) => name === 'user-agent')
  assert.deepEqual(agents, [['user-agent', 'mine']])
  assert.match(String(body), /question/)
  assert.ok(existsSync(capture))
})

test('a request that fails is told, not thrown', async () => {
  const { connection } = await trace(origins.named('expired').url, options())
  assert.match(connection?.problems[0]?.message ?? '', /expired/)
  const { error } = await trace(origins.named('plain').url, { ...options(), signal: AbortSignal.abort() })
  assert.equal(error?.code, 'ABORTED')
})

test('what is no URL of the web is a TypeError', async () => {
  await assert.rejects(trace('ftp://a'), TypeError)
  await assert.rejects(trace('nowhere'), TypeError)
})
