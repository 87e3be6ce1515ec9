import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPatience, HalfClosed } from '../../../src/proxy/relay/half-closed.ts'

test('a connection whose client has its answer and has ended is over after the short wait', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let ends = 0
  const watch = new HalfClosed(() => void ends++)
  watch.moved('to-server')
  watch.moved('to-client')
  t.mock.timers.tick(10 * defaultPatience.asked)
  assert.equal(ends, 0) // both sides are open
  watch.ended('to-server')
  t.mock.timers.tick(defaultPatience.answered - 1)
  assert.equal(ends, 0)
  t.mock.timers.tick(1)
  assert.equal(ends, 1)
})

test('a client that has asked and ended is given the long wait, anew with each byte', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let ends = 0
  const watch = new HalfClosed(() => void ends++, { answered: 10, asked: 100 })
  watch.moved('to-server')
  watch.ended('to-server')
  t.mock.timers.tick(99)
  watch.moved('to-client')
  t.mock.timers.tick(9)
  watch.moved('to-client')
  t.mock.timers.tick(9)
  assert.equal(ends, 0)
  t.mock.timers.tick(1)
  assert.equal(ends, 1)
})

test('a client whose server has ended is given the long wait, and nothing happens after both have closed', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let ends = 0
  const watch = new HalfClosed(() => void ends++, { answered: 10, asked: 100 })
  watch.moved('to-client')
  watch.ended('to-client')
  t.mock.timers.tick(99)
  assert.equal(ends, 0)
  watch.over()
  t.mock.timers.tick(1000)
  assert.equal(ends, 0)
})
