import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldJson, heldSession } from '../held-message/held.ts'
import { acting, rowWorld } from '../world.ts'

test('i asks what to hold, with what is held now; an empty filter ends it', () => {
  const { holds, type, keys, page } = heldSession([])
  keys('i')
  assert.match(page(), /~u \/path {2}~d host[\s\S]* hold: /)
  type('~x')
  keys('enter')
  assert.match(page(), / hold: ~x/)
  keys('backspace')
  type('u pay')
  keys('enter')
  assert.equal(holds.filter, '~u pay')
  assert.match(page(), /What fits ~u pay is held/)
  keys('i')
  assert.match(page(), / hold: ~u pay/)
  keys('ctrl-u', 'enter')
  assert.equal(holds.filter, '')
  assert.match(page(), /Nothing is held any more/)
})

test('esc leaves the breakpoint as it was, and tab completes an operator', () => {
  const { holds, type, keys, page } = heldSession([])
  keys('i')
  type('~websoc')
  keys('tab')
  assert.match(page(), / hold: ~websocket/)
  keys('esc')
  assert.equal(holds.filter, '')
})

test('the list says that something is held, and what would be', () => {
  const { holds, page, session } = heldSession([heldJson(1), heldJson(2)])
  assert.match(page(), /2 held: I/)
  holds.messages = []
  holds.filter = '~d x'
  session.refresh()
  assert.match(page(), / holds /)
})

test('one goes on, all go on with what was changed, one is dropped', () => {
  const { told, holds, type, keys, page } = heldSession([1, 2, 3, 4].map(id => heldJson(id)))
  keys('I', 'x')
  assert.deepEqual(told, [[1, { type: 'drop' }]])
  keys('a')
  assert.deepEqual(told[1], [2, { type: 'pass' }])
  keys('enter', 'enter', 'ctrl-u')
  type('PUT')
  keys('enter', 'q', 'A')
  assert.equal(told[2]?.[1].type, 'change')
  assert.equal(told.length, 3)
  assert.deepEqual(holds.messages, [])
  assert.match(page(), /2 messages went on/)
  keys('a', 'x', 'A')
  assert.equal(told.length, 3)
})

test('where nothing runs nothing is held', () => {
  const world = rowWorld([])
  assert.match(acting(world, 'hold-if', [], {}, '~d x').outcome.text, /Nothing is being proxied/)
  assert.equal(acting(world, 'resume-all', []).outcome.tone, 'bad')
  const intercept = (): void => {
    throw new Error('no filter')
  }
  assert.equal(acting(world, 'hold-if', [], { intercept }, '~c x').outcome.text, 'no filter')
})
