import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { followChanges } from '../../src/tui/live.ts'
import type { Changes } from '../../src/tui/ports.ts'

function following(): { tell: (changes: Changes) => void; told: Changes[]; stop: () => void } {
  let tell: (changes: Changes) => void = () => {}
  const told: Changes[] = []
  const stop = followChanges({
    subscribe: changed => {
      tell = changed
      return () => {
        tell = () => {}
      }
    },
    refresh: changes => told.push(changes),
    pause: 50,
  })
  return { tell: changes => tell(changes), told, stop }
}

test('many changes become one refresh that names each of them once', t => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.after(() => mock.timers.reset())
  const { tell, told } = following()
  tell({ flows: [1, 2], connections: [7] })
  tell({ flows: [2, 3], connections: [] })
  assert.equal(told.length, 0)
  mock.timers.tick(60)
  assert.deepEqual(told, [{ flows: [1, 2, 3], connections: [7] }])
  mock.timers.tick(1000)
  assert.equal(told.length, 1)
})

test('nothing is told after the end', t => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.after(() => mock.timers.reset())
  const { tell, told, stop } = following()
  tell({ flows: [1], connections: [] })
  stop()
  mock.timers.tick(1000)
  assert.deepEqual(told, [])
})

test('while keys are pressed a refresh waits, but not for ever', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let told = 0
  let pressing = true
  let changed = (_: Changes): void => {}
  const subscribe = (listener: (changes: Changes) => void) => {
    changed = listener
    return () => {}
  }
  const stop = followChanges({ subscribe, refresh: () => told++, pause: 100, busy: () => pressing })
  changed({ flows: [1], connections: [] })
  for (let i = 0; i < 3; i++) t.mock.timers.tick(100)
  assert.equal(told, 0)
  pressing = false
  t.mock.timers.tick(100)
  assert.equal(told, 1)
  pressing = true
  changed({ flows: [2], connections: [] })
  for (let i = 0; i < 10; i++) t.mock.timers.tick(100)
  assert.equal(told, 2)
  stop()
})
