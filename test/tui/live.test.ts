import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Changes } from '../../src/model/changes.ts'
import { followChanges, followHolds } from '../../src/tui/live.ts'
import { heldJson, heldSession } from './held-message/held.ts'

const changes: Changes = { flows: [1], connections: [] }

function following(t: TestContext, busy?: () => boolean) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let change: (changes: Changes) => void = () => {}
  const refresh = t.mock.fn()
  const stop = followChanges({
    subscribe: changed => {
      change = changed
      return () => {
        change = () => {}
      }
    },
    refresh,
    pause: 50,
    ...(busy && { busy }),
  })
  return { change: () => change(changes), refreshes: () => refresh.mock.callCount(), stop }
}

test('many changes become one refresh', t => {
  const { change, refreshes } = following(t)
  change()
  change()
  assert.equal(refreshes(), 0)
  t.mock.timers.tick(60)
  assert.equal(refreshes(), 1)
  t.mock.timers.tick(1000)
  assert.equal(refreshes(), 1)
})

test('nothing is refreshed after the end', t => {
  const { change, refreshes, stop } = following(t)
  change()
  stop()
  t.mock.timers.tick(1000)
  assert.equal(refreshes(), 0)
})

test('a refresh waits as long as something better goes on', t => {
  let busy = true
  const { change, refreshes } = following(t, () => busy)
  change()
  for (let i = 0; i < 30; i++) t.mock.timers.tick(50)
  assert.equal(refreshes(), 0)
  busy = false
  t.mock.timers.tick(50)
  assert.equal(refreshes(), 1)
})

test('the first that is held is told, ages go on, and after the end nothing does', t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { session, holds, page } = heldSession([])
  let changed: (said: string | undefined) => void = () => {}
  const stop = followHolds(listener => {
    changed = listener
    return () => {}
  }, session)
  holds.messages = [heldJson(1)]
  changed(undefined)
  assert.match(page(), /A message is held: I shows it/)
  const { revision } = session
  t.mock.timers.tick(1000)
  assert.equal(session.revision, revision + 1)
  holds.messages = []
  changed('it went')
  assert.match(page(), /it went/)
  const { revision: last } = session
  t.mock.timers.tick(3000)
  stop()
  assert.equal(session.revision, last)
})
