import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeldHere } from '../../src/cli/held-here.ts'
import type { ToEngine } from '../../src/cli/threads/messages.ts'
import { setBreakpoint } from '../../src/library/breakpoint.ts'
import type { Held } from '../../src/model/held.ts'

const head = { method: 'GET', target: '/', scheme: 'http', authority: 'a', path: '/', version: 'HTTP/1.1', headers: [] }
const held = (id: number): Held => ({ what: 'request', id, at: 0, connection: 1, exchange: id, request: head })
const fail = (error: unknown): void => assert.fail(String(error))
const settled = () => new Promise(setImmediate)

function holding() {
  const told: ToEngine[] = []
  return { told, holds: new HeldHere(message => told.push(message)) }
}

test('each message is asked about once, and goes on where nothing is decided', async () => {
  const { told, holds } = holding()
  const asked: number[] = []
  setBreakpoint(holds, '', ({ id }) => (asked.push(id) === 2 ? { type: 'drop' } : undefined), fail)
  holds.hear({ type: 'held', held: held(1) })
  holds.hear({ type: 'held', held: held(2) })
  await settled()
  assert.deepEqual(asked, [1, 2])
  assert.deepEqual(told, [
    { type: 'intercept', filter: '~all' },
    { type: 'decide', id: 1, decision: { type: 'pass' } },
    { type: 'decide', id: 2, decision: { type: 'drop' } },
  ])
})

test('where the function throws, the message goes on and the error is told', async () => {
  const { told, holds } = holding()
  const errors: unknown[] = []
  const broken = new Error('broken')
  setBreakpoint(
    holds,
    '~d a',
    () => Promise.reject(broken),
    error => errors.push(error),
  )
  holds.hear({ type: 'held', held: held(1) })
  await settled()
  assert.deepEqual(errors, [broken])
  assert.deepEqual(told.at(-1), { type: 'decide', id: 1, decision: { type: 'pass' } })
})

test('there is one at a time, and what waits at its end goes on', async () => {
  const { told, holds } = holding()
  const stop = setBreakpoint(holds, '~d a', () => new Promise(() => {}), fail)
  holds.hear({ type: 'held', held: held(1) })
  assert.throws(() => setBreakpoint(holds, '~d b', () => undefined, fail), /already: ~d a/)
  stop()
  stop()
  assert.deepEqual(told.slice(1), [{ type: 'intercept', filter: '' }, { type: 'let-all-go' }])
  setBreakpoint(holds, '~d b', () => undefined, fail)
  assert.equal(holds.filter, '~d b')
})
