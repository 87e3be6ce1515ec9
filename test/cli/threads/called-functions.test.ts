import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import {
  answerCalls,
  CalledFunctions,
  functionName,
  functionNumber,
  isFunctionName,
} from '../../../src/cli/threads/called-functions.ts'
import type { EngineSays, ToEngine } from '../../../src/cli/threads/messages.ts'
import type { RuleScript } from '../../../src/rules/script/script-types.ts'

/** Both ends, as if a thread lay between them. */
function ends(functions: Readonly<Record<string, RuleScript>>, patience = 1000) {
  const emitter = new EventEmitter()
  const called = new CalledFunctions(said => emitter.emit('message', structuredClone(said)), patience)
  const postMessage = (message: ToEngine): void => {
    const { type, ...rest } = structuredClone(message) as ToEngine & { readonly type: 'called' }
    assert.equal(type, 'called')
    called.hear(rest)
  }
  const engine = { on: emitter.on.bind(emitter), postMessage } as unknown as Parameters<typeof answerCalls>[0]
  answerCalls(engine, new Map(Object.entries(functions)))
  emitter.emit('message', { type: 'closed' } satisfies EngineSays)
  return called
}

const request = { method: 'GET', url: 'http://a/', headers: [] }

test('a function is called with the message, and what it gives back comes over', async () => {
  const called = ends({ f: { request: ({ url }) => ({ url: `${url}b` }), response: async () => ({ status: 201 }) } })
  assert.deepEqual(await called.call('f', 'request', request), { url: 'http://a/b' })
  assert.deepEqual(await called.call('f', 'response', {}), { status: 201 })
  assert.equal(await called.call('f', 'webSocketMessage', {}), undefined, 'there is none')
})

test('one that throws, gives back what cannot come over, or is not there, is why', async () => {
  const called = ends({
    throws: {
      request: () => {
        throw new TypeError('no')
      },
    },
    odd: { request: () => ({ body: (() => 1) as never }) },
  })
  await assert.rejects(called.call('throws', 'request', request), /throws: TypeError: no \(request\)/)
  await assert.rejects(called.call('odd', 'request', request), /odd: DataCloneError/)
  await assert.rejects(called.call('none', 'request', request), /none: Error: no function of that name/)
})

test('one that takes too long is not waited for, and its late word is nothing', async () => {
  const late = Promise.withResolvers<undefined>()
  const called = ends({ slow: { request: () => late.promise } }, 20)
  await assert.rejects(called.call('slow', 'request', request), /slow: it took longer than 0.02 s/)
  late.resolve(undefined)
  await new Promise(setImmediate)
})

test('names of functions are told from files', () => {
  assert.ok(isFunctionName(functionName(3)))
  assert.equal(functionNumber(functionName(3)), 3)
  assert.equal(isFunctionName('./function.ts'), false)
})
