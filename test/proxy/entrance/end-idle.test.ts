import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { endIdle } from '../../../src/proxy/entrance/end-idle.ts'
import { ContentTap } from '../../../src/proxy/socket/content-tap.ts'
import { MemoryTape } from '../memory-tape.ts'
import { streamPair } from '../stream-pair.ts'

const hello = 1000 // ms of a clock that the tests turn

async function arrived(): Promise<void> {
  for (let i = 0; i < 10; i++) await turn()
}

function rig() {
  const [client, near] = streamPair()
  const tap = new ContentTap({ socket: near, tape: new MemoryTape(), connection: 1, leg: 'client' })
  const state = { idle: true }
  const stop = endIdle(tap.resume(), () => state.idle, { hello })
  return { client, tap, state, stop }
}

test('a client that says nothing is ended after its patience', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { tap } = rig()
  t.mock.timers.tick(hello - 1)
  assert.equal(tap.writableEnded, false)
  t.mock.timers.tick(1)
  assert.equal(tap.writableEnded, true)
})

test('between requests it has five times as long, counted from its last bytes', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { client, tap } = rig()
  for (const said of ['GET ', '/']) {
    client.write(said)
    await arrived()
    t.mock.timers.tick(5 * hello)
    assert.equal(tap.writableEnded, false, said)
  }
  t.mock.timers.tick(hello)
  assert.equal(tap.writableEnded, true)
})

test('nobody is ended who waits for an answer, or whose watch is over', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const waiting = rig()
  waiting.state.idle = false
  const stopped = rig()
  stopped.stop()
  t.mock.timers.tick(20 * hello)
  assert.deepEqual([waiting.tap.writableEnded, stopped.tap.writableEnded], [false, false])
  waiting.state.idle = true
  t.mock.timers.tick(hello)
  assert.equal(waiting.tap.writableEnded, true)
})
