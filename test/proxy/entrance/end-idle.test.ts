import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { type TestContext, test } from 'node:test'
import { endIdle } from '../../../src/proxy/entrance/end-idle.ts'
import type { ContentTap } from '../../../src/proxy/socket/content-tap.ts'

const hello = 1000

function watched(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const told: string[] = []
  const state = { received: 0, sent: 0, readableEnded: false, idle: true, held: 0, heads: 0 }
  const client = Object.assign(new EventEmitter(), state, { destroySoon: () => told.push('ended') })
  const stop = endIdle(client as unknown as ContentTap, client, { hello, late: () => told.push('late') })
  return { client, told, stop, pass: (rounds: number) => t.mock.timers.tick(rounds * hello) }
}

test('a client that says nothing is ended when a head should have come', t => {
  const { told, pass } = watched(t)
  pass(0.99)
  assert.deepEqual(told, [])
  pass(0.01)
  assert.deepEqual(told, ['ended'])
})

test('between requests it is given five times that', t => {
  const { client, told, pass } = watched(t)
  client.received = 10
  client.heads = 1
  pass(5)
  assert.deepEqual(told, [])
  pass(1)
  assert.deepEqual(told, ['ended'])
})

test('while its request is answered a client may be silent as long as it takes', t => {
  const { client, told, pass } = watched(t)
  Object.assign(client, { received: 10, heads: 1, idle: false })
  pass(100)
  assert.deepEqual(told, [])
})

test('one that has ended itself is ended where no answer comes either', t => {
  const { client, told, pass } = watched(t)
  Object.assign(client, { received: 10, heads: 1, idle: false, readableEnded: true })
  pass(1)
  client.sent = 100
  pass(1)
  assert.deepEqual(told, [])
  pass(1)
  assert.deepEqual(told, ['ended'])
})

test('a head is late however its bytes trickle in, and one after the other is not', t => {
  const { client, told, pass } = watched(t)
  for (let n = 1; n <= 4; n++) {
    Object.assign(client, { received: n * 10, held: 5, heads: n }) // each time another head
    pass(1)
  }
  assert.deepEqual(told, [])
  client.received = 50
  pass(1)
  assert.deepEqual(told, ['late'])
})

test('nothing is watched any more when it is stopped, or the client has gone', t => {
  for (const how of ['stop', 'close'] as const) {
    const { client, told, stop, pass } = watched(t)
    if (how === 'stop') stop()
    else client.emit('close')
    pass(10)
    assert.deepEqual(told, [])
    t.mock.timers.reset()
  }
})
