import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FilterError } from '../../src/filter/filter-error.ts'
import type { ToHold } from '../../src/model/held.ts'
import { HeldMessages, type HoldLimits, type HoldSays } from '../../src/proxy/holds.ts'
import { requestTo } from '../rules/hold/messages.ts'

const message = (body?: Uint8Array): ToHold => ({
  what: 'request',
  connection: 1,
  exchange: 1,
  request: requestTo('/'),
  ...(body && { body }),
})

function held(limits: Partial<HoldLimits> = {}) {
  const said: HoldSays[] = []
  const holds = new HeldMessages({ messages: 2, patience: 0, ...limits }, each => said.push(each))
  return { holds, said, types: () => said.map(({ type }) => type) }
}

test('a held message is told, and goes as it is decided, once', async () => {
  const { holds, said } = held()
  const { decision } = holds.hold(message())
  assert.ok(said[0]?.type === 'held')
  assert.equal(said[0].held.id, 1)
  holds.decide(1, { type: 'drop' })
  holds.decide(1, { type: 'pass' })
  holds.decide(99, { type: 'pass' })
  assert.deepEqual(await decision, { type: 'drop' })
  assert.deepEqual(said.slice(1), [{ type: 'let-go', id: 1, why: 'decided' }])
})

test('beyond the limit messages go on at once, and that is told in one word', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { holds, said } = held()
  holds.hold(message())
  holds.hold(message())
  for (let i = 0; i < 3; i++)
    assert.deepEqual(await holds.hold(message()).decision, { type: 'pass', because: 'too-many' })
  t.mock.timers.tick(1000)
  assert.deepEqual(said.slice(2), [{ type: 'too-many', passed: 3 }])
})

test('patience ends, and a decision ends its clock', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { holds, said } = held({ patience: 5000 })
  const first = holds.hold(message())
  const second = holds.hold(message())
  holds.decide(1, { type: 'pass' })
  t.mock.timers.tick(5000)
  assert.deepEqual(await first.decision, { type: 'pass' })
  assert.deepEqual(await second.decision, { type: 'pass', because: 'time-out' })
  assert.deepEqual(said.slice(2), [
    { type: 'let-go', id: 1, why: 'decided' },
    { type: 'let-go', id: 2, why: 'time-out' },
  ])
})

test('who goes takes its message away; all are let go as they came', async () => {
  const { holds, types } = held()
  const first = holds.hold(message())
  first.gone()
  first.gone()
  assert.deepEqual(await first.decision, { type: 'pass' })
  const others = [holds.hold(message()), holds.hold(message())]
  holds.letAllGo()
  assert.deepEqual(await Promise.all(others.map(({ decision }) => decision)), [{ type: 'pass' }, { type: 'pass' }])
  assert.deepEqual(types(), ['held', 'let-go', 'held', 'held', 'let-go', 'let-go'])
})

test('the bytes of all bodies have a limit', () => {
  const { holds } = held({ messages: 100 })
  assert.equal(holds.room, 8 * 1024 * 1024)
  const body = new Uint8Array(8 * 1024 * 1024)
  for (let i = 0; i < 8; i++) holds.hold(message(body))
  assert.equal(holds.room, 0)
  holds.letAllGo()
  assert.equal(holds.room, 8 * 1024 * 1024)
})

test('the filter comes and goes; of two the later counts', async () => {
  const { holds } = held()
  await Promise.all([holds.set('~m PUT'), holds.set('~m GET')])
  assert.equal(holds.intercept?.text, '~m GET')
  await assert.rejects(holds.set('~c x'), FilterError)
  assert.equal(holds.intercept?.text, '~m GET')
  await holds.set('  ')
  assert.equal(holds.intercept, undefined)
})
