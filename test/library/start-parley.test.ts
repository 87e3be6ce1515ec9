import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { FilterError } from '../../src/filter/filter-error.ts'
import {
  type Flow,
  type Parley,
  type ParleyOptions,
  RuleError,
  RunError,
  startParley,
} from '../../src/library/index.ts'
import { fetchThrough } from '../../src/peers/client.ts'
import type { OriginName } from '../../src/peers/origin.ts'
import { type Origins, startOrigins } from '../../src/peers/origins.ts'
import { ownFolder } from '../cli/recorded-run.ts'

let origins: Origins
before(async () => {
  origins = await startOrigins({ slowMs: 1 })
})
after(() => origins.close())

const start = (options: ParleyOptions = {}): Promise<Parley> =>
  startParley({ trust: [origins.caPem], resolve: Object.fromEntries(origins.addresses), ...options })

const visit = (parley: Parley, name: OriginName, path = '/json') =>
  fetchThrough({ url: new URL(path, origins.named(name).url), proxy: parley, ca: parley.certificate, timeout: 8000 })

test('a flow is awaited, and its connection says what both legs agreed', async () => {
  await using parley = await start()
  const waiting = parley.flow('~u /json')
  assert.equal((await visit(parley, 'tls13')).status, 200)
  const flow = await waiting
  assert.deepEqual([flow.method, flow.path, flow.status, flow.state], ['GET', '/json', 200, 'complete'])
  const { legs } = parley.capture.connection(flow.connection)!
  assert.equal(legs.client.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.equal(legs.upstream?.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.equal((await parley.flow('~u /json')).id, flow.id, 'one that ended before counts too')
})

test('flows come once each, those of before and those that still run at the end among them', async () => {
  const parley = await start()
  await visit(parley, 'plain', '/json?1')
  await parley.flow('~u json.1')
  const all: Flow[] = []
  const reading = (async () => {
    for await (const flow of parley.flows()) all.push(flow)
  })()
  await visit(parley, 'plain', '/json?2')
  await visit(parley, 'expired', '/')
  const failed = await parley.flow('~failed')
  assert.match(failed.note ?? '', /expired/)
  await parley.close()
  await reading
  assert.deepEqual(
    all.map(({ path }) => path),
    ['/json?1', '/json?2', '/'],
  )
  assert.throws(() => parley.flows(), /closed/)
})

test('a flow that does not come is a TimeoutError, and Parley that ends an Error', async () => {
  const parley = await start()
  await assert.rejects(parley.flow('~d nowhere', 20), { name: 'TimeoutError' })
  await assert.rejects(parley.flow('~('), FilterError)
  const ended = assert.rejects(parley.flow('~d nowhere'), /before Parley was closed/)
  await parley.close()
  await ended
})

test('several run at once, on ports of their own, and nothing is left of them', async () => {
  const folders = new Set<string>()
  const handles = process.getActiveResourcesInfo().length
  const all = await Promise.all([start(), start(), start()])
  assert.equal(new Set(all.map(({ port }) => port)).size, 3)
  for (const parley of all) {
    folders.add(dirname(parley.capture.path))
    await parley.environment()
    assert.equal((await visit(parley, 'tls12-ecdhe')).status, 200)
  }
  await Promise.all(all.map(parley => parley.close()))
  await all[0]!.close()
  assert.deepEqual([...folders].filter(existsSync), [])
  await new Promise(resolve => setTimeout(resolve, 50)) // the client's own sockets end
  assert.ok(process.getActiveResourcesInfo().length <= handles, process.getActiveResourcesInfo().join(' '))
})

test('what is asked for stays: capture and authority', async () => {
  const folder = ownFolder()
  const [capture, authority] = [join(folder, 'kept.parley'), join(folder, 'ca')]
  const first = await start({ capture, authority })
  await first.close()
  assert.ok(existsSync(capture))
  const second = await start({ authority })
  assert.equal(second.certificate, first.certificate)
  await second.close()
})

test('rules are texts and functions, and may be replaced', async () => {
  await using parley = await start({
    rules: [
      '~u /blocked => block 403',
      {
        when: '~u /mock',
        request: async ({ method, url }) => ({
          status: 201,
          headers: [['x-mock', 'yes']],
          body: `${method} ${new URL(url).pathname}`,
        }),
      },
      { when: '~u /json', name: 'louder', response: ({ text }) => ({ body: text!.toUpperCase() }) },
    ],
  })
  assert.equal((await visit(parley, 'tls13', '/blocked')).status, 403)
  const mocked = await visit(parley, 'tls13', '/mock/1')
  assert.deepEqual([mocked.status, String(mocked.body)], [201, 'GET /mock/1'])
  const louder = await visit(parley, 'tls13')
  assert.equal(String(louder.body), String(louder.body).toUpperCase())
  const { acts } = parley.capture.exchange((await parley.flow('~u /json')).id)!
  assert.equal(acts?.[0]?.by, 'louder')
  await parley.setRules([{ request: () => ({ status: 418 }) }])
  assert.equal((await visit(parley, 'tls13', '/mock/1')).status, 418)
  await parley.setRules([])
  assert.notEqual((await visit(parley, 'tls13')).status, 418)
})

test('a function that throws, or takes too long, leaves the message as it was, and the flow says so', async () => {
  await using parley = await start({
    ruleTimeout: 100,
    rules: [
      {
        when: '~u throws',
        request: () => {
          throw new TypeError('no such thing')
        },
      },
      { when: '~u waits', request: () => new Promise(() => {}) },
    ],
  })
  for (const [path, says] of [
    ['/json?throws', /no such thing/],
    ['/json?waits', /longer than 0.1 s/],
  ] as const) {
    assert.equal((await visit(parley, 'tls13', path)).status, 200)
    const { id } = await parley.flow(`~u "${path.slice(6)}"`)
    assert.match(JSON.stringify(parley.capture.exchange(id)), says)
  }
})

test('a breakpoint decides on each message that fits, until it is ended', async () => {
  await using parley = await start()
  const stop = await parley.breakpoint('~u /held', held => {
    if (held.request.path === '/held/drop') return { type: 'drop' }
    return { type: 'answer', status: 202, headers: [], body: Buffer.from(held.what) }
  })
  await assert.rejects(
    parley.breakpoint('~all', () => undefined),
    /already/,
  )
  const answered = await visit(parley, 'tls13', '/held')
  assert.deepEqual([answered.status, String(answered.body)], [202, 'request'])
  assert.ok((await visit(parley, 'tls13', '/held/drop')).error)
  assert.equal((await visit(parley, 'tls13')).status, 200)
  stop()
  assert.notEqual((await visit(parley, 'tls13', '/held')).status, 202)
})

test('a breakpoint whose function throws lets the message go, and a trouble tells', async () => {
  await using parley = await start()
  const troubles = parley.troubles()
  await parley.breakpoint('~u /json & ~q', () => Promise.reject(new Error('broken')))
  assert.equal((await visit(parley, 'tls13')).status, 200)
  assert.match((await troubles.next()).value, /broken/)
})

test('what cannot start says why, and leaves nothing', async () => {
  await assert.rejects(start({ rules: ['~d x'] }), RuleError)
  await using parley = await start()
  await assert.rejects(
    start({ listen: { port: parley.port } }),
    (error: RunError) => error instanceof RunError && error.code === 'EADDRINUSE',
  )
})
