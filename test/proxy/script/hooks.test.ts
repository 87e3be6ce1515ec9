import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { type IContext, Proxy as MitmProxy } from 'http-mitm-proxy'
import { ProblemError } from '../../../src/problem/problem-error.ts'
import { Hooks, isFor } from '../../../src/proxy/script/hooks.ts'
import type { Plugin } from '../../../src/proxy/script/script.ts'

type Next = (error?: Error | null, chunk?: Buffer) => void
const pass = (_context: unknown, next: Next): void => next()

async function rig(plugins: readonly Plugin[], patience = 1000) {
  const hooks = new Hooks(patience)
  const proxy = new MitmProxy()
  for (const [i, plugin] of plugins.entries()) await hooks.mount({ file: `/${i}.mjs`, plugin }, proxy)
  const filters: unknown[] = []
  const answer = { headersSent: false }
  const late: Error[] = []
  const context = { addResponseFilter: (filter: unknown) => filters.push(filter), proxyToClientResponse: answer }
  const exchange = hooks.of(context as unknown as IContext, 'a.example', error => late.push(error))
  return { exchange, filters, answer, late, proxy, context }
}

const append =
  (letter: string, delay = 0) =>
  (_context: unknown, chunk: Buffer, next: Next): void =>
    void setTimeout(() => next(null, Buffer.from(`${chunk}${letter}`)), delay)

test('a script is for the hosts that it names, or for all', () => {
  const script = { file: '/a.mjs', plugin: {}, hosts: ['*.a.example', 'b.example'] }
  assert.deepEqual(
    ['x.a.example', 'a.example', 'B.example', 'c.example'].map(host => isFor(script, host)),
    [true, false, true, false],
  )
  assert.equal(isFor({ file: '/a.mjs', plugin: {} }, 'c.example'), true)
})

test('each listener gets the chunk of the one before it, however long that took', async () => {
  const { exchange } = await rig([{ onRequestData: append('b', 20) }, { onRequestData: append('c') }])
  assert.equal(String(await exchange.run('onRequestData', Buffer.from('a'))), 'abc')
})

test('a chunk that a script keeps is nobody else’s', async () => {
  const keep = (_context: unknown, _chunk: Buffer, next: Next): void => next()
  const { exchange } = await rig([{ onRequestData: keep }, { onRequestData: append('c') }])
  assert.equal(await exchange.run('onRequestData', Buffer.from('a')), undefined)
})

test('what a script hangs into a context is for that exchange alone', async () => {
  const plugin: Plugin = proxy =>
    proxy.onRequest((context, next) => {
      context.onResponseData(append('b') as never)
      context.use({ onResponse: pass })
      next()
    })
  const { exchange } = await rig([plugin])
  assert.equal(exchange.wants('onResponseData'), false)
  await exchange.run('onRequest')
  assert.deepEqual([exchange.wants('onResponseData'), exchange.wants('onResponse')], [true, true])
  assert.equal((await rig([plugin])).exchange.wants('onResponseData'), false)
})

test('a failure says file, hook and what was thrown', async () => {
  const throwing = (): never => {
    throw new TypeError('no')
  }
  const { exchange } = await rig([{ onRequest: pass }, { onRequest: throwing }])
  await assert.rejects(
    exchange.run('onRequest'),
    (error: ProblemError) =>
      error instanceof ProblemError && /\/1\.mjs.* \(onRequest\): TypeError: no$/.test(error.problem.message),
  )
})

test('a script that does not call back has failed, unless it has answered by itself', async () => {
  const { exchange, answer } = await rig([{ onRequest() {} }], 10)
  await assert.rejects(exchange.run('onRequest'), /did not call back in 0\.01 s/)
  answer.headersSent = true
  const asked = exchange.run('onRequest').then(() => 'gone on')
  assert.equal(await Promise.race([asked, new Promise(resolve => setTimeout(resolve, 30, 'waiting'))]), 'waiting')
})

test('what goes wrong after a script has called back is told too, and a second call is passed over', async () => {
  const late = async (_context: unknown, next: Next): Promise<void> => {
    next()
    next(new Error('twice'))
    throw new Error('afterwards')
  }
  const rigged = await rig([{ onRequest: late }])
  await rigged.exchange.run('onRequest')
  await new Promise(setImmediate)
  assert.deepEqual(
    rigged.late.map(({ message }) => /afterwards|twice/.exec(message)?.[0]),
    ['afterwards'],
  )
})

test('the error of a filter is its script’s', async () => {
  const filter = new PassThrough()
  const plugin: Plugin = {
    onResponse(context: IContext, next: Next) {
      context.addResponseFilter(filter)
      next()
    },
  }
  const { exchange, filters } = await rig([plugin])
  await exchange.run('onResponse')
  assert.deepEqual(filters, [filter])
  const error = new Error('bad data')
  filter.destroy(error)
  await new Promise(setImmediate)
  assert.match((error as unknown as ProblemError).problem.message, /\/0\.mjs \(addResponseFilter\): Error: bad data/)
})

test('listeners of errors are told, and may fail', async () => {
  const told: unknown[] = []
  const onError = (_context: unknown, error: unknown, kind: unknown): never => {
    told.push(error, kind)
    throw new Error('no')
  }
  const { exchange } = await rig([{ onError }])
  exchange.tell('error', 'KIND')
  assert.deepEqual(told, ['error', 'KIND'])
})

test('a script cannot listen anew or close, and sees the rest of the proxy', async () => {
  let seen: unknown
  const { proxy } = await rig([
    proxy => {
      seen = proxy.listen({ port: 1 }).close().constructor
      proxy.use((proxy.constructor as typeof MitmProxy).gunzip)
    },
  ])
  assert.equal(seen, MitmProxy)
  assert.equal(proxy.httpServer, undefined)
})
