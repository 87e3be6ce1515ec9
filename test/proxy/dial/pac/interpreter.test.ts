import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openInterpreter } from '../../../../src/proxy/dial/pac/interpreter.ts'

const none = new Map<string, readonly string[]>()

test('a file has nothing of this machine', async () => {
  const { evaluate } = await openInterpreter('')
  const names = ['process', 'require', 'fetch', 'lookUp', 'inRange', 'ownAddresses', 'setTimeout', 'WebAssembly']
  const found = evaluate(`String([${names.map(name => `typeof ${name}`).join(', ')}])`, none)
  assert.deepEqual(found, { answer: names.map(() => 'undefined').join(',') })
})

test('a name that is not known is asked for', async () => {
  const { evaluate } = await openInterpreter('')
  assert.deepEqual(evaluate(`dnsResolve('a')`, none), { missing: 'a' })
  assert.deepEqual(evaluate(`dnsResolve('a')`, new Map([['a', ['::1', '192.0.2.1']]])), { answer: '192.0.2.1' })
})

test('memory is bounded, and a file that takes it all can be asked again', async () => {
  const { evaluate } = await openInterpreter('')
  assert.throws(() => evaluate(`'x'.repeat(50 * 1024 * 1024).length`, none), /memory|size|length/)
  assert.deepEqual(evaluate('String(1 + 1)', none), { answer: '2' })
})

test('time is bounded, and a file that takes too much is not asked again', async () => {
  const { evaluate } = await openInterpreter('')
  const before = performance.now()
  assert.throws(() => evaluate('for (;;);', none), /interrupted/)
  assert.ok(performance.now() - before < 2000)
  assert.throws(() => evaluate('1', none), /not asked again/)
})
