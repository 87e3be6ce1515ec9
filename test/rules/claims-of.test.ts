import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ClientProcess } from '../../src/model/connection.ts'
import { mostForFilter } from '../../src/rules/claims-of.ts'
import type { AwaitedProcess } from '../../src/rules/rulings.ts'
import { http2RequestOf, requestOf, responseOf } from './heads.ts'
import { ruled } from './ruled.ts'

const set = (value: string) => `set-header request x ${value}`

test('what no rule matches is claimed by nobody', () => {
  const { claims, hits } = ruled(['/orders => set-method PUT', '~c 404 => set-status 200'])
  assert.equal(claims?.request(1, requestOf()), undefined)
  assert.equal(claims?.response(1, requestOf(), responseOf()), undefined)
  assert.equal(claims?.webSocket(1, requestOf()), undefined)
  assert.deepEqual(hits, [])
})

test('several rules act in order, until one says stop', async () => {
  const rules = ['~m GET => add-header request x 1', { when: '/users', do: ['add-header request x 2'], stop: true }]
  const { request, hits } = ruled([...rules, '~m GET => add-header request x 3'])
  const verdict = await request(requestOf())
  assert.ok(verdict?.type === 'change')
  assert.deepEqual(verdict.head?.headers.slice(2), [
    ['x', '1'],
    ['x', '2'],
  ])
  assert.deepEqual(hits, [0, 1])
})

test('filters ask about the message as it came, in both protocols', async () => {
  for (const head of [requestOf(), http2RequestOf()]) {
    const verdict = await ruled(['/users => set-path /orders', '/orders => set-method PUT']).request(head)
    assert.ok(verdict?.type === 'change' && verdict.head?.method === 'GET' && verdict.head.path === '/orders')
  }
})

test('a filter that asks for the body has it first', async () => {
  const { claims, request } = ruled([`~bq needle => ${set('1')}`])
  assert.equal(claims?.request(1, requestOf())?.most, mostForFilter)
  assert.equal((await request(requestOf(), { body: Buffer.from('needle') }))?.type, 'change')
  assert.deepEqual(await request(requestOf(), { body: Buffer.from('hay') }), { type: 'pass', acts: [] })
  assert.equal((await request(requestOf()))?.type, 'pass')
})

test('a response is judged by the body of its request too', async () => {
  const { claims, request, response } = ruled(['~bq needle => set-status 418'])
  await request(requestOf(), { body: Buffer.from('needle') })
  assert.equal((await response(responseOf()))?.type, 'change')
  claims?.over?.(1)
  assert.equal(await response(responseOf()), undefined)
})

test('rules on responses act on what Parley answers', async () => {
  const { request } = ruled([
    '/users => mock 404 gone',
    '~c 404 => set-header response x y',
    '~c 200 => set-status 500',
  ])
  const verdict = await request(requestOf())
  assert.ok(verdict?.type === 'answer')
  assert.deepEqual([verdict.answer.status, verdict.answer.headers.at(-1)], [404, ['x', 'y']])
})

test('a rule that only stops shields what it matches from those after it', async () => {
  const { request } = ruled([{ when: '~m PUT', do: [], stop: true }, `~d api => ${set('1')}`])
  assert.equal((await request(requestOf()))?.type, 'change')
  assert.equal((await request(requestOf({ method: 'PUT' })))?.type, 'pass')
})

test('whatever the rules and the message: an act for each change, and no change without', async () => {
  const actions = fc.constantFrom(
    'set-method PUT',
    'set-path /b',
    set('1'),
    'remove-header request accept',
    'set-query id 8',
    'mock 204',
  )
  const filters = fc.constantFrom('', '/users', '~m PUT', '~bq needle', '!~bq needle', '~hq accept')
  const rules = fc.array(fc.record({ when: filters, do: fc.array(actions, { maxLength: 3 }), stop: fc.boolean() }), {
    maxLength: 5,
  })
  await fc.assert(
    fc.asyncProperty(rules, fc.constantFrom('needle', 'hay', ''), async (sources, text) => {
      const head = requestOf()
      const verdict = await ruled(sources).request(head, { body: Buffer.from(text) })
      if (verdict === undefined || verdict.type === 'pass') assert.deepEqual(verdict?.acts ?? [], [])
      else assert.ok(verdict.acts.length > 0)
    }),
  )
})

const events = responseOf({ headers: [['Content-Type', 'text/event-stream']] })
const codesOf = (verdict: { readonly problems?: readonly { readonly code: string }[] } | undefined) =>
  verdict?.problems?.map(({ code }) => code)

test('the body of an event stream is waited for by nobody, and who wanted it says so; heads are changed all the same', async () => {
  const rules = ['~all => replace-body response a b', '~all => set-header response x y', '~bs z => set-status 500']
  const { claims, response } = ruled(rules)
  assert.equal(claims?.response(1, requestOf(), events)?.most, 0)
  assert.ok(claims!.response(1, requestOf(), responseOf())!.most > 0)
  const verdict = await response(events)
  assert.ok(verdict?.type === 'change' && verdict.head?.status === 200)
  assert.deepEqual(verdict.head.headers.at(-1), ['x', 'y'])
  assert.deepEqual(codesOf(verdict), ['rule/body-endless'])
})

test('a request that is a stream of gRPC is not waited for either', async () => {
  const { claims, request } = ruled(['~all => mock 200 {body}', '~all => set-header request x y'])
  const grpc = requestOf({}, [['content-type', 'application/grpc']])
  assert.equal(claims?.request(1, grpc)?.most, 0)
  const verdict = await request(grpc)
  assert.equal(verdict?.type, 'change')
  assert.deepEqual(codesOf(verdict), ['rule/body-endless'])
})

test('a body that did not end in time is told otherwise than one that is too large', async () => {
  const { response } = ruled(['~all => replace-body response a b'])
  assert.deepEqual(codesOf(await response(responseOf(), { late: true })), ['rule/body-late'])
  assert.deepEqual(codesOf(await response(responseOf())), ['rule/body-too-large'])
})

test('a share of a body that says its length is known without the body', async () => {
  const { claims, response } = ruled(['~all => cut-body response 50%'])
  const sized = responseOf({}, [['Content-Length', '1000']])
  assert.equal(claims?.response(1, requestOf(), sized)?.most, 0)
  const verdict = await response(sized)
  assert.deepEqual(verdict?.type === 'change' && verdict.cut, { after: 500, how: 'reset' })
  assert.ok(claims!.response(1, requestOf(), responseOf())!.most > 0)
})

/** A program that is found when the test says so. */
function sought() {
  const { promise, resolve } = Promise.withResolvers<void>()
  let now: ClientProcess | undefined
  let over = false
  const end = (name?: string): void => {
    now = name === undefined ? undefined : { pid: 2, name, command: name }
    over = true
    resolve()
  }
  const process: AwaitedProcess = {
    get now() {
      return now
    },
    known: () => (over ? undefined : promise),
  }
  return { process, end }
}

test('a message waits for the program that sent it, where a rule asks for that', async () => {
  for (const [found, changed] of [
    ['curl', true],
    ['wget', false],
    [undefined, false],
  ] as const)
    for (const when of ['~process curl', '!~process wget']) {
      const { process, end } = sought()
      const { claims, hits } = ruled([`${when} => set-method PUT`, `${when} => set-status 201`], { process })
      const head = requestOf()
      let settled = false
      const verdict = Promise.resolve(claims!.request(1, head)!.act({ head })).finally(() => {
        settled = true
      })
      await new Promise(resolve => setImmediate(resolve))
      assert.equal(settled, false)
      end(found)
      assert.equal((await verdict).type, changed ? 'change' : 'pass')
      const answer = await claims!.response(1, head, responseOf())?.act({ head: responseOf() })
      assert.equal(answer?.type ?? 'pass', changed ? 'change' : 'pass')
      assert.equal(hits.length, changed ? 2 : 0)
    }
})

test('nobody waits for a program where what else is asked does not fit, or is enough', async () => {
  const { process } = sought()
  const { claims } = ruled(['~process curl /orders => set-method PUT', '~m GET | ~process curl => set-path /x'], {
    process,
  })
  const verdict = claims!.request(1, requestOf())!.act({ head: requestOf() })
  assert.ok(!(verdict instanceof Promise) && verdict.type === 'change' && verdict.head?.method === 'GET')
})
