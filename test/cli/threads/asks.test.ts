import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { AskedEngine, askThrough } from '../../../src/cli/threads/asks.ts'
import type { EngineSays, ToEngine } from '../../../src/cli/threads/messages.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import { ProblemError } from '../../../src/problem/problem-error.ts'
import type { OwnRequest } from '../../../src/proxy/own/own-request.ts'
import type { Ask } from '../../../src/proxy/own/whole-answer.ts'

const head = { method: 'GET', target: '/', scheme: 'http', authority: 'a', path: '/', version: 'HTTP/1.1', headers: [] }
const ask: Ask = {
  ...{ server: { scheme: 'http', host: 'a', port: 80 }, head, body: new Uint8Array(0), entrance: 'replay' },
  ...{ timeout: 5000, keep: 4 },
}

/** Both ends, with a server that never answers. */
function ends() {
  const engine = Object.assign(new EventEmitter(), { postMessage: (message: ToEngine) => take(message) })
  const asked = new AskedEngine(
    ({ signal }: OwnRequest) =>
      new Promise((_, reject) =>
        signal!.addEventListener('abort', () => reject(new ProblemError(problemOf('own/called-off')))),
      ),
    (message: EngineSays) => engine.emit('message', message),
  )
  const take = (message: ToEngine): void => {
    if (message.type === 'ask' || message.type === 'call-off') asked.take(message)
  }
  return { engine, send: askThrough(engine as never) }
}

test('each answer comes to who asked; one that is called off says so and no other', async () => {
  const { send } = ends()
  const stopping = new AbortController()
  const first = send(ask, stopping.signal)
  const second = send({ ...ask, timeout: 30 })
  stopping.abort()
  assert.equal((await first)?.problem?.code, 'own/called-off')
  assert.equal((await second)?.problem?.code, 'own/timeout')
  assert.equal(await send(ask, stopping.signal), undefined)
})

test('an engine that ends answers nobody any more', async () => {
  const { engine, send } = ends()
  const waiting = send({ ...ask, timeout: 100 })
  engine.emit('exit')
  assert.equal(await waiting, undefined)
  assert.equal(await send(ask), undefined)
})
