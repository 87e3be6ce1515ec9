import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Once } from '../../src/proxy/once.ts'

test('all who listen are told once, in order, and whoever comes later sees that it has happened', () => {
  const once = new Once()
  const told: string[] = []
  once.on(() => told.push('first'))
  once.on(() => {
    told.push('second')
    once.happen()
  })
  const third = (): number => told.push('third')
  once.on(third)
  once.off(third)
  assert.equal(once.happened, false)
  once.happen()
  once.happen()
  once.on(third)
  assert.deepEqual([told, once.happened], [['first', 'second'], true])
})
