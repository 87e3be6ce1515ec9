import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fetchThrough, visitThrough } from '../../src/peers/client.ts'
import type { OriginName } from '../../src/peers/origin.ts'
import { type Origins, startOrigins } from '../../src/peers/origins.ts'
import { listen } from '../../src/proxy/listener.ts'
import { defaultTimeouts, type ProxyOptions } from '../../src/proxy/services.ts'
import { inTime } from '../in-time.ts'
import { helloMessage, inRecords } from './hello-bytes.ts'
import { MemoryTape } from './memory-tape.ts'
import { openTunnel, type Running, share, startProxy, toProxy, trust } from './running.ts'
import { readAll } from './socket-pair.ts'

let origins: Origins
const unhandled: unknown[] = []

before(async () => {
  process.on('unhandledRejection', reason => unhandled.push(reason))
  origins = await startOrigins({ slowMs: 1 })
  await share()
  trust(origins.caPem)
})
after(async () => {
  await origins.close()
})

const start = (t: Parameters<typeof startProxy>[0], options: Partial<ProxyOptions> = {}): Promise<Running> =>
  startProxy(t, { hosts: origins.addresses, ...options })

const fetch = ({ proxy, ca }: Running, name: OriginName, path = '/json') =>
  fetchThrough({ url: new URL(path, origins.named(name).url), proxy, ca, timeout: 8000 })

const broken: readonly (readonly [OriginName, RegExp])[] = [
  ['expired', /^tls\/certificate-expired$/],
  ['not-yet-valid', /^tls\/certificate-not-yet-valid$/],
  ['self-signed', /^tls\/certificate-self-signed$/],
  ['wrong-host', /^tls\/certificate-wrong-host$/],
  ['incomplete-chain', /^tls\/certificate-incomplete-chain$/],
  ['client-cert', /^tls\/client-certificate-required$/],
  ['alert', /^tls\/no-common-suite$/],
  ['reset', /^tls\/reset-by-server$/],
  ['closes', /^tls\/closed-by-server$/],
  ['not-tls', /^tls\/(not-tls|http-on-tls-port)$/],
  ['garbage', /^tls\//],
]
for (const [name, code] of broken) {
  test(`the origin "${name}" gives 502 and the problem by name`, async t => {
    const running = await start(t)
    const { status, body, error } = await fetch(running, name)
    await running.tape.closed()
    assert.deepEqual([status, error], [502, undefined])
    const [problem, ...more] = running.tape.problems()
    assert.match(problem!.code, code)
    assert.equal(problem!.blame, name === 'client-cert' ? 'client' : 'server')
    assert.deepEqual(more, [])
    assert.ok(body.toString().includes(problem!.code), 'the page names the problem')
  })
}

const good: readonly OriginName[] = ['tls13', 'hrr', 'tls12-ecdhe', 'tls12-rsa', 'tls12-cbc', 'http11', 'slow']
for (const name of [...good, 'plain', 'client-cert-optional'] as const) {
  test(`the origin "${name}" answers as it would without a proxy`, async t => {
    const running = await start(t)
    const through = await fetch(running, name)
    const { url } = origins.named(name)
    const { addresses, caPem: ca } = origins
    const direct = await fetchThrough({ url: new URL('/json', url), addresses, ca, timeout: 8000 })
    await running.tape.closed()
    assert.deepEqual(
      [through.error, through.status, through.protocol, String(through.body)],
      [undefined, direct.status, direct.protocol, String(direct.body)],
    )
    const without = (result: typeof direct) =>
      result.headers.filter(([n]) => !/^(date|connection|keep-alive)$/i.test(n))
    assert.deepEqual(without(through), without(direct))
    assert.deepEqual(running.tape.codes(), [])
  })
}

test('many requests on one connection are one connection', async t => {
  const running = await start(t)
  for (const [index, name] of (['tls13', 'http11'] as const).entries()) {
    const requests = [{ path: '/json' }, { path: '/chunked' }, { path: '/trailers' }]
    const url = new URL(origins.named(name).url)
    const results = await visitThrough({ url, requests, proxy: running.proxy, ca: running.ca, timeout: 8000 })
    await running.tape.closed(index + 1)
    assert.deepEqual(
      results.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.ok(results[2]!.trailers.length > 0)
  }
  assert.equal(running.tape.told('opened').length, 2)
})

test('with verification off, a bad certificate is tolerated, told as such, and the answer comes', async t => {
  const running = await start(t, { verifyUpstream: false })
  const { status } = await fetch(running, 'expired')
  await running.tape.closed()
  assert.equal(status, 200)
  assert.deepEqual(running.tape.codes(), [])
  assert.deepEqual(
    running.tape.told('tolerated').map(({ problem }) => problem.code),
    ['tls/certificate-expired'],
  )
})

test('a host can be exempt from verification while others are not', async t => {
  const running = await start(t, { insecureHosts: ['expired.localhost'] })
  assert.equal((await fetch(running, 'expired')).status, 200)
  assert.equal((await fetch(running, 'self-signed')).status, 502)
})

test('failing as the server would: no page, the client sees its connection end', async t => {
  const running = await start(t, { failAsServer: true })
  const { status, error } = await fetch(running, 'expired')
  await running.tape.closed()
  assert.equal(status, undefined)
  assert.equal(error?.stage, 'tls')
  assert.deepEqual(running.tape.codes(), ['tls/certificate-expired'])
})

test('without mirroring, the hello is Node’s own and the answer the same', async t => {
  const running = await start(t, { mirror: false })
  assert.equal((await fetch(running, 'tls13')).status, 200)
  assert.deepEqual(running.tape.told('mirrored'), [])
})

test('Parley’s own address is not dialled, in whatever form it is written', async t => {
  const access = { allow: ['127.0.0.0/8'], localTargets: true }
  for (const [host, forms] of [
    ['127.0.0.1', ['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:127.0.0.1', '::ffff:0.0.0.0', '::']],
    ['0.0.0.0', ['127.8.9.10', '::ffff:127.8.9.10', '127.0.0.1']],
    ['::1', ['::1', '0:0::0:1']],
  ] as const)
    for (const form of forms) {
      const { proxy, tape } = await startProxy(t, { listen: { host, port: 0 }, access })
      const client = await toProxy(t, proxy)
      client.write(`CONNECT ${form.includes(':') ? `[${form}]` : form}:${proxy.port} HTTP/1.1\r\n\r\n`)
      client.end('not tls')
      await readAll(client)
      await tape.closed()
      assert.deepEqual(tape.codes(), ['proxy/loop'], form)
    }
})

test('an address that is taken rejects with EADDRINUSE', async t => {
  const { proxy } = await start(t)
  const { folder, authority } = await share()
  const options: ProxyOptions = {
    listen: { host: proxy.host, port: proxy.port },
    authorityFolder: folder,
    verifyUpstream: true,
    mirror: true,
    failAsServer: false,
    passThrough: [],
    hosts: new Map(),
    timeouts: defaultTimeouts,
  }
  await assert.rejects(listen(options, new MemoryTape(), authority), { code: 'EADDRINUSE' })
})

test('closing ends every connection, in whatever state it is', async t => {
  const { proxy, tape } = await start(t)
  const { port } = origins.named('tls13')
  const idle = await toProxy(t, proxy)
  const waiting = await openTunnel(t, proxy, `tls13.localhost:${port}`)
  const closed = [idle, waiting].map(
    socket =>
      new Promise(resolve =>
        socket
          .resume()
          .once('close', resolve)
          .once('end', () => socket.end()),
      ),
  )
  await inTime('the proxy is closed', proxy.close())
  await inTime('both sockets are closed', Promise.all(closed))
  await inTime('both connections are recorded as closed', tape.closed(2))
})

test('what was under way when it closes is told to have ended, and blamed on nobody', async t => {
  const { proxy, tape } = await start(t)
  const silent = createServer(socket => socket.on('error', () => {}).resume())
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  t.after(() => silent.close())
  const target = `127.0.0.1:${(silent.address() as { port: number }).port}`
  for (const cut of [7, 0]) {
    const client = await openTunnel(t, proxy, target)
    client.on('error', () => {}).write(inRecords(helloMessage()).subarray(0, cut || undefined))
  }
  while (!tape.events.some(({ event }) => event.type === 'mirrored')) await wait(5)
  await proxy.close()
  assert.deepEqual([tape.told('closed').length, tape.codes()], [2, []])
})

test('after all that, no socket is left and no promise was rejected unheard', async () => {
  await origins.close()
  const left = (): readonly string[] => process.getActiveResourcesInfo().filter(name => name.startsWith('TCP'))
  for (let i = 0; i < 200 && left().length > 0; i++) await wait(10)
  assert.deepEqual(left(), [])
  assert.deepEqual(unhandled, [])
})
