import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { fetchThrough } from '../../src/peers/client.ts'
import { Line } from '../../src/peers/client-line.ts'
import { listen } from '../../src/peers/origin.ts'
import { startOrigins } from '../../src/peers/origins.ts'
import { startRelay } from './connect-relay.ts'

const url = new URL('https://tls13.localhost:1/')

test('a proxy that is not there fails at the stage proxy', async () => {
  const { port, close } = await listen(createServer())
  await close()
  const { error } = await fetchThrough({ url, proxy: { host: '127.0.0.1', port } })
  assert.deepEqual([error?.stage, error?.code], ['proxy', 'ECONNREFUSED'])
})

test('a server that is not there fails at the stage connect', async () => {
  const { port, close } = await listen(createServer())
  await close()
  const { error } = await fetchThrough({ url: new URL(`http://127.0.0.1:${port}`) })
  assert.deepEqual([error?.stage, error?.code], ['connect', 'ECONNREFUSED'])
})

test('a CONNECT that is refused tells its status', async t => {
  const relay = await startRelay('HTTP/1.1 403 Not Today\r\n\r\n')
  t.after(relay.close)
  const { error, connectStatus, timings } = await fetchThrough({ url, proxy: relay.proxy })
  assert.deepEqual([error?.stage, error?.code, connectStatus], ['connect', 'CONNECT_REFUSED', 403])
  assert.match(error?.message ?? '', /403 Not Today/)
  assert.ok(timings.tunnelledAt !== undefined && timings.securedAt === undefined)
  assert.deepEqual(relay.asked, ['tls13.localhost:1'])
})

test('a proxy that hangs up at CONNECT fails at the stage connect', async t => {
  const { port, close } = await listen(createServer(socket => socket.once('data', () => socket.end())))
  t.after(close)
  const { error } = await fetchThrough({ url, proxy: { host: '127.0.0.1', port } })
  assert.deepEqual([error?.stage, error?.code], ['connect', 'ECONNRESET'])
})

test('a peer that is silent at any stage ends in a timeout of that stage', async t => {
  const silent = await listen(createServer())
  t.after(silent.close)
  const relay = await startRelay()
  t.after(relay.close)
  const silentUrl = (scheme: string) => new URL(`${scheme}://127.0.0.1:${silent.port}`)
  const proxy = { host: '127.0.0.1', port: silent.port }
  const timeout = 60
  const stages = [
    await fetchThrough({ url, proxy, timeout }),
    await fetchThrough({ url: silentUrl('https'), timeout }),
    await fetchThrough({ url: silentUrl('https'), proxy: relay.proxy, timeout }),
    await fetchThrough({ url: silentUrl('http'), timeout }),
  ]
  assert.deepEqual(
    stages.map(({ error }) => [error?.stage, error?.code]),
    [
      ['connect', 'TIMEOUT'],
      ['tls', 'TIMEOUT'],
      ['tls', 'TIMEOUT'],
      ['http', 'TIMEOUT'],
    ],
  )
})

test('a line that is closed gently says close_notify and FIN before it is gone', async t => {
  const origins = await startOrigins()
  t.after(origins.close)
  const relay = await startRelay()
  t.after(relay.close)
  const line = new Line({ proxy: relay.proxy })
  await line.open(new URL(origins.named('tls12-rsa').url), { proxy: relay.proxy, ca: origins.caPem })
  const before = relay.toServer().length
  await line.close(true)
  assert.equal(line.socket?.destroyed, true)
  assert.equal(relay.toServer()[before], 21) // an alert record
})
