import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientProcess } from '../../../src/model/connection.ts'
import type { Decision, ToHold } from '../../../src/model/held.ts'
import { interceptOf } from '../../../src/rules/hold/intercept.ts'
import { type Holds, withHolds } from '../../../src/rules/hold/with-holds.ts'
import type { AwaitedProcess, Rulings } from '../../../src/rules/rulings.ts'
import { answered, connection, requestTo } from './messages.ts'

/** Holds what fits, and decides it when the test does. */
function holding(filter: string | undefined) {
  const waiting: { readonly message: ToHold; decide(decision: Decision): void; gone: boolean }[] = []
  const holds: Holds = {
    intercept: filter === undefined ? undefined : interceptOf(filter),
    room: 1000,
    hold(message) {
      const { promise, resolve } = Promise.withResolvers<Decision>()
      const each = { message, decide: resolve, gone: false }
      waiting.push(each)
      return {
        decision: promise,
        gone() {
          each.gone = true
          resolve({ type: 'pass' })
        },
      }
    },
  }
  return { holds, waiting }
}

const soon = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const ruled = (path: string): Rulings => ({
  connection: () => undefined,
  claims: () => ({
    request: () => ({
      most: 0,
      act: ({ head }) => ({ type: 'change', head: { ...head, path }, acts: [{ by: 'rule', did: 'path' }] }),
    }),
    response: () => undefined,
    webSocket: () => undefined,
  }),
})

test('where nothing can fit the connection is nobody’s', () => {
  assert.equal(withHolds(undefined, holding(undefined).holds).claims(connection), undefined)
  assert.equal(withHolds(undefined, holding('~d other').holds).claims(connection), undefined)
})

test('a request that fits is held until it is decided, another is not claimed', async () => {
  const { holds, waiting } = holding('~u /a$')
  const claims = withHolds(undefined, holds).claims(connection)!
  assert.equal(claims.request(1, requestTo('/b')), undefined)
  const claim = claims.request(2, requestTo('/a'))!
  assert.equal(claim.most, 1000)
  const verdict = claim.act({ head: requestTo('/a'), body: Buffer.from('hi') })
  await soon()
  assert.deepEqual(waiting[0]?.message.body, Buffer.from('hi'))
  waiting[0]?.decide({ type: 'drop' })
  assert.equal((await verdict).type, 'break')
})

test('what comes out of the rules is held, and what they answered is not', async () => {
  const { holds, waiting } = holding('~u /after')
  const claim = withHolds(ruled('/after'), holds).claims(connection)!.request(1, requestTo('/before'))!
  assert.equal(claim.most, 0)
  const verdict = claim.act({ head: requestTo('/before') })
  await soon()
  assert.equal(waiting[0]?.message.request.path, '/after')
  waiting[0]?.decide({ type: 'pass' })
  assert.deepEqual(
    (await verdict).acts.map(({ by }) => by),
    ['rule', 'breakpoint'],
  )
  const other = withHolds(ruled('/other'), holds).claims(connection)!.request(1, requestTo('/before'))!
  assert.equal((await other.act({ head: requestTo('/before') })).type, 'change')
  assert.equal(waiting.length, 1)
})

test('whoever goes takes what is held along, whether it was held yet or not', async () => {
  const { holds, waiting } = holding('~u /a$')
  const claims = withHolds(undefined, holds).claims(connection)!
  const claim = claims.request(1, requestTo('/a'))!
  const verdict = claim.act({ head: requestTo('/a') })
  await soon()
  claim.gone?.()
  assert.equal((await verdict).type, 'pass')
  assert.equal(waiting[0]?.gone, true)
  const early = claims.request(2, requestTo('/a'))!
  early.gone?.()
  assert.equal((await early.act({ head: requestTo('/a') })).type, 'pass')
  assert.equal(waiting.length, 1)
})

test('a response is held with its request, one that never ends by its head alone', async () => {
  const { holds, waiting } = holding('~s')
  const claims = withHolds(undefined, holds).claims(connection)!
  const claim = claims.response(1, requestTo('/a'), answered(200))!
  assert.equal(claim.most, 1000)
  const events = claims.response(1, requestTo('/a'), answered(200, [['Content-Type', 'text/event-stream']]))!
  assert.equal(events.most, 0)
  const verdict = claim.act({ head: answered(200), body: Buffer.from('x') })
  await soon()
  waiting[0]?.decide({ type: 'change', body: Buffer.from('y') })
  const told = await verdict
  assert.ok(told.type === 'change')
  assert.deepEqual(told.body, Buffer.from('y'))
})

test('a message of a WebSocket is held; the end of the exchange lets it go', async () => {
  const { holds, waiting } = holding('~b buy')
  const claims = withHolds(undefined, holds).claims(connection)!
  const socket = claims.webSocket(1, requestTo('/chat'))!
  const sent = (text: string) => socket.act({ direction: 'to-server', opcode: 1, bytes: Buffer.from(text) })
  assert.equal((await sent('sell')).type, 'pass')
  const first = sent('buy')
  await soon()
  waiting[0]?.decide({ type: 'drop' })
  assert.equal((await first).type, 'drop')
  const second = sent('buy more')
  await soon()
  claims.over?.(1)
  assert.equal((await second).type, 'pass')
  assert.deepEqual(
    waiting.map(({ gone }) => gone),
    [false, true],
  )
})

test('rules that come after the connection was opened are asked as well', async () => {
  let rules: Rulings | undefined
  const late: Rulings = { connection: () => undefined, claims: facts => rules?.claims(facts) }
  const claims = withHolds(late, holding('~u /never').holds).claims(connection)!
  assert.equal(claims.request(1, requestTo('/a')), undefined)
  rules = ruled('/after')
  const verdict = await claims.request(2, requestTo('/a'))?.act({ head: requestTo('/a') })
  assert.equal(verdict?.type, 'change')
})

test('a breakpoint on a program waits until that is known', async () => {
  const { holds, waiting } = holding('~process curl')
  const { promise, resolve } = Promise.withResolvers<void>()
  let now: ClientProcess | undefined
  const process: AwaitedProcess = {
    get now() {
      return now
    },
    known: () => (now ? undefined : promise),
  }
  const claim = withHolds(undefined, holds)
    .claims({ ...connection, process })!
    .request(1, requestTo('/a'))!
  const verdict = claim.act({ head: requestTo('/a') })
  await soon()
  assert.equal(waiting.length, 0)
  now = { pid: 1, name: 'curl', command: 'curl' }
  resolve()
  await soon()
  assert.equal(waiting.length, 1)
  waiting[0]!.decide({ type: 'drop' })
  assert.equal((await verdict).type, 'break')
})
