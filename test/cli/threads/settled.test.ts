import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { EngineSays, ToEngine } from '../../../src/cli/threads/messages.ts'
import { Settling, settledThrough } from '../../../src/cli/threads/settled.ts'

function ends() {
  const emitter = new EventEmitter()
  const settling = new Settling((said: EngineSays) => emitter.emit('message', said))
  const postMessage = (message: ToEngine): void => {
    assert.equal(message.type, 'settle')
    void settling.tell((message as { readonly number: number }).number)
  }
  const on = emitter.on.bind(emitter)
  return {
    settling,
    emitter,
    settled: settledThrough({ on, postMessage } as unknown as Parameters<typeof settledThrough>[0]),
  }
}

test('it resolves when all that was asked before is done, though it failed', async () => {
  const { settling, settled } = ends()
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  void settling.add(first.promise)
  settling.add(second.promise).catch(() => {})
  let done = false
  const waiting = settled().then(() => {
    done = true
  })
  second.reject(new Error('no'))
  await new Promise(setImmediate)
  assert.equal(done, false)
  first.resolve()
  await waiting
})

test('nobody waits for an engine that has ended', async () => {
  const { settling, settled, emitter } = ends()
  void settling.add(new Promise(() => {}))
  const waiting = settled()
  emitter.emit('exit')
  await waiting
  await settled()
})
