import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeldHere } from '../../src/cli/held-here.ts'
import type { ToEngine } from '../../src/cli/threads/messages.ts'
import { heldJson } from '../tui/held-message/held.ts'

function here() {
  const told: ToEngine[] = []
  const said: (string | undefined)[] = []
  const holds = new HeldHere(message => told.push(message))
  const stop = holds.onChange(each => void said.push(each))
  return { holds, told, said, stop }
}

test('what the engine holds is known here until it is let go', () => {
  const { holds, said, stop } = here()
  for (const id of [1, 2, 3]) holds.hear({ type: 'held', held: heldJson(id) })
  assert.deepEqual(
    holds.messages.map(({ id }) => id),
    [1, 2, 3],
  )
  holds.hear({ type: 'let-go', id: 1, why: 'gone' })
  holds.hear({ type: 'let-go', id: 2, why: 'time-out' })
  holds.hear({ type: 'too-many', passed: 3 })
  assert.equal(holds.messages.length, 1)
  assert.match(said[3] ?? '', /its client or its server ended it/)
  assert.match(said[4] ?? '', /--hold-timeout/)
  assert.match(said[5] ?? '', /3 messages went on: as many are held as --hold-limit/)
  stop()
  holds.letAllGo()
  assert.equal(said.length, 6)
})

test('a decision is told once', () => {
  const { holds, told } = here()
  holds.hear({ type: 'held', held: heldJson(1) })
  holds.decide(1, { type: 'drop' })
  holds.decide(1, { type: 'pass' })
  holds.hear({ type: 'let-go', id: 1, why: 'decided' })
  assert.deepEqual(told, [{ type: 'decide', id: 1, decision: { type: 'drop' } }])
})

test('a filter goes to the engine, and at the end nothing is held', async () => {
  const { holds, told } = here()
  holds.intercept(' ~m GET ')
  assert.equal(holds.filter, '~m GET')
  await holds.end()
  assert.deepEqual(told, [
    { type: 'intercept', filter: '~m GET' },
    { type: 'intercept', filter: '' },
    { type: 'let-all-go' },
  ])
})

test('what waited at the end has a moment for its answer', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { holds } = here()
  holds.hear({ type: 'held', held: heldJson(1) })
  let ended = false
  const end = holds.end().then(() => {
    ended = true
  })
  await Promise.resolve()
  assert.deepEqual([ended, holds.messages], [false, []])
  t.mock.timers.tick(500)
  await end
})
